import { deepEqual, equal } from "node:assert/strict";

import { inNewProcess } from "../helpers/processes";

describe("what is set before TensorFlow is loaded", () => {
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

  it("asks nothing of Node that a newer one warns about", () => {
    const code = `const { tf } = require("./dist/runtime/tensorflow"); console.log(JSON.stringify([...tf.add([1], [2]).dataSync()]))`;
    deepEqual(inNewProcess(code, { NODE_OPTIONS: "--throw-deprecation" }), [3]);
  });
});
