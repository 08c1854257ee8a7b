import { deepEqual, equal, ok } from "node:assert/strict";

import * as danfo from "danfojs-node";

import { describeRuntime, tf } from "../../lib/runtime/tensorflow";
import { inNewProcess } from "../helpers/processes";

describe("the runtime", () => {
  it("computes with the TensorFlow of the wheel, oneDNN on", () => {
    const { tensorflow, tfjs, oneDnn, threads } = describeRuntime();
    equal(tensorflow, "2.21.0");
    equal(tfjs, "4.22.0");
    equal(oneDnn, true);
    ok(threads >= 1);
  });

  it("computes correctly: a convolution equals the sums written out", () => {
    tf.tidy(() => {
      const image = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
      const filter = tf.tensor4d([1, 0, 0, -1], [2, 2, 1, 1]);
      deepEqual([...image.conv2d(filter, 1, "valid").dataSync()], [1 - 5, 2 - 6, 4 - 8, 5 - 9]);
    });
  });

  it("loads one TensorFlow, also under danfo", () => {
    equal((danfo.tensorflow as typeof tf).backend() === tf.backend(), true);
    const report = process.report.getReport() as unknown as { sharedObjects: string[] };
    equal(report.sharedObjects.filter((name) => name.includes("libtensorflow_cc")).length, 1);
    equal(Object.keys(require.cache).filter((name) => name.endsWith("tfjs_binding.node")).length, 1);
  });

  it("does not claim oneDNN where TensorFlow was loaded before it could be set", () => {
    const code = `delete process.env.TF_ENABLE_ONEDNN_OPTS; require("danfojs-node"); const { describeRuntime } = require("./dist/runtime/tensorflow"); console.log(JSON.stringify(describeRuntime().oneDnn))`;
    equal(inNewProcess(code), null);
  });

  it("is not loaded by the rooms that need no tensors", () => {
    const code = `require("./dist/data/command/main"); require("./dist/data/prepare/prepare"); require("./dist/display"); require("./dist/runtime/random"); console.log(JSON.stringify(Object.keys(require.cache).some((name) => name.includes("tfjs"))))`;
    equal(inNewProcess(code), false);
  });
});
