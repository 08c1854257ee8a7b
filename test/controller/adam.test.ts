import { deepEqual, equal, ok } from "node:assert/strict";

import { startAdam, stepAdam } from "../../lib/controller/adam";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { near } from "../statistics/recorded/read";
import { randomParameter } from "./check-gradients";

const settings = { learningRate: 0.0035, beta1: 0, beta2: 0.999, epsilon: 1e-3 };

describe("stepAdam(parameters, state, settings)", () => {
  it("adds epsilon before the correction of the mean, as TensorFlow does", () => {
    for (const slope of [1e-5, 1e-3, 1, -30]) {
      const parameter = { shape: [1], values: Float64Array.of(2), gradient: Float64Array.of(slope) };
      const parameters = new Map([["one", parameter]]);
      stepAdam(parameters, startAdam(parameters), settings);
      // After one step with beta1 = 0, the root of the mean of squares is √0.001 · |gradient|.
      const root = Math.sqrt(0.001);
      near(parameter.values[0]!, 2 - (0.0035 * root * slope) / (root * Math.abs(slope) + 1e-3), 1e-14);
    }
  });

  it("takes the steps of TensorFlow.js where epsilon is too small to matter", () => {
    const parameter = randomParameter(1, 3);
    const parameters = new Map([["one", parameter]]);
    const state = startAdam(parameters);
    const random = createRandom(2);
    tf.tidy(() => {
      const variable = tf.variable(tf.tensor1d([...parameter.values]), true, "controllerAdam");
      const optimiser = tf.train.adam(0.1, 0.9, 0.99, 1e-9);
      for (let step = 0; step < 6; step++) {
        parameter.gradient.forEach((_, index) => (parameter.gradient[index] = random.normal()));
        optimiser.applyGradients([{ name: "controllerAdam", tensor: tf.tensor1d([...parameter.gradient]) }]);
        stepAdam(parameters, state, { learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-9 });
      }
      near([...parameter.values], [...variable.dataSync()], 1e-5);
      optimiser.dispose();
      variable.dispose();
    });
    equal(state.steps, 6);
  });

  it("changes nothing with a learning rate of 0, but remembers", () => {
    const parameter = randomParameter(3, 4);
    parameter.gradient.fill(1);
    const before = [...parameter.values];
    const parameters = new Map([["one", parameter]]);
    const state = startAdam(parameters);
    stepAdam(parameters, state, { ...settings, learningRate: 0 });
    deepEqual([...parameter.values], before);
    ok(state.squares.get("one")![0]! > 0);
  });
});

describe("startAdam(parameters)", () => {
  it("has zeros of its own for each parameter", () => {
    const state = startAdam(new Map([["one", randomParameter(3, 2)]]));
    deepEqual([state.steps, [...state.means.get("one")!], [...state.squares.get("one")!]], [0, [0, 0], [0, 0]]);
    ok(state.means.get("one") !== state.squares.get("one"));
  });
});
