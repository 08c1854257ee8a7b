import { deepEqual, equal } from "node:assert/strict";

import { takeOffSoftmax } from "../../../lib/networks/model/take-off-softmax";

const dense = (name: string, activation: unknown) => ({ class_name: "Dense", config: { name, activation, units: 2 } });
const softmax = { class_name: "Softmax", config: { name: "end", axis: -1 } };

describe("takeOffSoftmax(topology)", () => {
  it("changes the function of the last layer, and not what it was given", () => {
    const given = { class_name: "Sequential", config: { layers: [dense("a", "softmax"), dense("b", "softmax")] } };
    const before = structuredClone(given);
    const { topology, activation } = takeOffSoftmax(given);
    equal(activation, "softmax");
    deepEqual(topology, {
      class_name: "Sequential",
      config: { layers: [dense("a", "softmax"), dense("b", "linear")] },
    });
    deepEqual(given, before);
  });

  it("finds the output of a functional model where it is not the last layer, as Keras 2 and 3 name it", () => {
    for (const outputs of [[["b", 0, 0]], ["b", 0, 0]]) {
      const config = { layers: [dense("b", "softmax"), dense("a", "relu")], output_layers: outputs };
      const { topology, activation } = takeOffSoftmax({ model_config: { class_name: "Functional", config } });
      equal(activation, "softmax");
      deepEqual(topology, {
        model_config: {
          class_name: "Functional",
          config: { layers: [dense("b", "linear"), dense("a", "relu")], output_layers: outputs },
        },
      });
    }
  });

  it("replaces a layer of its own, also in a model within the model", () => {
    const inner = { class_name: "Sequential", config: { name: "inner", layers: [dense("a", "linear"), softmax] } };
    const { topology, activation } = takeOffSoftmax({ class_name: "Sequential", config: [inner] });
    equal(activation, "softmax");
    const linear = { class_name: "Activation", config: { name: "end", trainable: true, activation: "linear" } };
    const expected = { class_name: "Sequential", config: { name: "inner", layers: [dense("a", "linear"), linear] } };
    deepEqual(topology, { class_name: "Sequential", config: [expected] });
  });

  it("leaves other ends as they are, and names them", () => {
    for (const [written, name] of [
      ["linear", "linear"],
      ["sigmoid", "sigmoid"],
      [{ class_name: "LogSoftmax", config: {} }, "logSoftmax"],
      [{ class_name: "function", config: "tanh" }, "tanh"],
      [undefined, null],
    ] as const) {
      const given = { class_name: "Sequential", config: { layers: [dense("a", written)] } };
      deepEqual(takeOffSoftmax(given), { topology: given, activation: name });
    }
    deepEqual(takeOffSoftmax({ class_name: "Mine", config: {} }).activation, null);
    deepEqual(takeOffSoftmax({ class_name: "Sequential", config: { layers: [] } }).activation, null);
  });
});
