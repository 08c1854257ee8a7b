import { equal } from "node:assert/strict";

import { inNewProcess } from "../helpers/processes";

describe("loading TensorFlow", () => {
  it("is done once, whoever asks for it", () => {
    const code = `require("./dist/runtime/load-tensorflow"); const { tf } = require("./dist/runtime/tensorflow");
      console.log(JSON.stringify(tf === require("@tensorflow/tfjs-node-gpu")))`;
    equal(inNewProcess(code, {}), true);
  });

  it("fails with the reason, and goes on writing errors", () => {
    const code = `require("node:module")._load = ((load) => (name, ...rest) => {
      if (name === "@tensorflow/tfjs-node-gpu") throw new Error("no library");
      return load(name, ...rest);
    })(require("node:module")._load);
    let said; try { require("./dist/runtime/tensorflow"); } catch (error) { said = error.message; }
    console.log(JSON.stringify(said))`;
    equal(inNewProcess(code, {}), "no library");
  });
});
