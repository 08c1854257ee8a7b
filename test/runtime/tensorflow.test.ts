import { deepEqual, equal, ok } from "node:assert/strict";
import { execFileSync } from "node:child_process";

import * as danfo from "danfojs-node";

import { projectRoot } from "../../lib/runtime/environment";
import { describeRuntime, tf } from "../../lib/runtime/tensorflow";

/** Runs code in a process of its own and parses what it prints. */
function inNewProcess(code: string, env: NodeJS.ProcessEnv = {}): unknown {
  const printed = execFileSync(process.execPath, ["-e", code], {
    cwd: projectRoot,
    encoding: "utf8",
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return JSON.parse(printed);
}

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

  it("uses as many threads as SONONAS_THREADS says", () => {
    const code = `const { describeRuntime } = require("./dist/runtime/tensorflow"); console.log(JSON.stringify(describeRuntime().threads))`;
    equal(inNewProcess(code, { SONONAS_THREADS: "1" }), 1);
  });

  it("refuses a number of threads that is none, in a sentence", () => {
    const code = `try { require("./dist/runtime/tensorflow") } catch (error) { console.log(JSON.stringify(error.message)) }`;
    equal(
      inNewProcess(code, { SONONAS_THREADS: "two" }),
      'SONONAS_THREADS is "two", expected a whole number from 1. Set it to one, or unset it to use all processors.',
    );
  });

  it("leaves a setting of TensorFlow that the user made", () => {
    const code = `const { describeRuntime } = require("./dist/runtime/tensorflow"); console.log(JSON.stringify(describeRuntime().oneDnn))`;
    equal(inNewProcess(code, { TF_ENABLE_ONEDNN_OPTS: "0" }), false);
  });

  it("does not claim oneDNN where TensorFlow was loaded before it could be set", () => {
    const code = `delete process.env.TF_ENABLE_ONEDNN_OPTS; require("danfojs-node"); const { describeRuntime } = require("./dist/runtime/tensorflow"); console.log(JSON.stringify(describeRuntime().oneDnn))`;
    equal(inNewProcess(code), null);
  });

  it("asks nothing of Node that a newer one warns about", () => {
    const code = `const { tf } = require("./dist/runtime/tensorflow"); console.log(JSON.stringify([...tf.add([1], [2]).dataSync()]))`;
    deepEqual(inNewProcess(code, { NODE_OPTIONS: "--throw-deprecation" }), [3]);
  });

  it("is not loaded by the rooms that need no tensors", () => {
    const code = `require("./dist/data"); require("./dist/display"); require("./dist/runtime/random"); console.log(JSON.stringify(Object.keys(require.cache).some((name) => name.includes("tfjs"))))`;
    equal(inNewProcess(code), false);
  });
});
