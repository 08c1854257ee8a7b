import { layers } from "../../../../lib/graph/layer";
import { denseStep, globalAverageStep, globalMaxStep } from "../../../../lib/networks/run/steps/head-steps";
import { tf } from "../../../../lib/runtime/tensorflow";
import { checkStep, numbersNear, valueOf } from "./check-step";

describe("globalAverageStep(nodes)", () => {
  it("gives the mean of each channel over the image, after a ReLU or without, and spreads its gradient evenly", () => {
    for (const relu of [false, true]) {
      checkStep({
        step: globalAverageStep({ input: "x", pool: "it", relu, shape: [5, 4, 3] }),
        inputs: { x: [2, 5, 4, 3] },
        expected: ({ x }) => tf.mean(relu ? tf.relu(x!) : x!, [1, 2]),
      });
    }
    const x = tf.tensor4d([1, 10, 3, -30], [1, 1, 2, 2]);
    const shape = [1, 2, 2] as const;
    numbersNear(valueOf(globalAverageStep({ input: "x", pool: "it", relu: false, shape }), { x }), [2, -10]);
    numbersNear(valueOf(globalAverageStep({ input: "x", pool: "it", relu: true, shape }), { x }), [2, 5]);
    x.dispose();
  });
});

describe("globalMaxStep(node, input, shape)", () => {
  it("gives the largest of each channel over the image, and its gradient to where it was found", () => {
    checkStep({
      step: globalMaxStep("it", "x", [5, 4, 3]),
      inputs: { x: [2, 5, 4, 3] },
      expected: ({ x }) => tf.max(x!, [1, 2]),
    });
    const x = tf.tensor4d([1, 10, 3, -30], [1, 1, 2, 2]);
    numbersNear(valueOf(globalMaxStep("it", "x", [1, 2, 2]), { x }), [3, 10]);
    x.dispose();
  });
});

describe("denseStep(node, layer, input)", () => {
  it("multiplies by the weights, with a bias or without", () => {
    for (const bias of [false, true]) {
      checkStep({
        step: denseStep("it", layers.dense({ units: 4, bias }), "x"),
        inputs: { x: [5, 7] },
        weights: { "it/kernel": [7, 4], ...(bias ? { "it/bias": [4] } : {}) },
        expected: (given) => {
          const product = tf.matMul(given.x as tf.Tensor, given["it/kernel"] as tf.Tensor);
          return bias ? tf.add(product, given["it/bias"]!) : product;
        },
      });
    }
  });

  it("adds the bias up by hand", () => {
    const given = { "it/kernel": tf.tensor2d([1, 10], [2, 1]), "it/bias": tf.tensor1d([0.5]) };
    const x = tf.tensor2d([2, 3], [1, 2]);
    numbersNear(valueOf(denseStep("it", layers.dense({ units: 1 }), "x"), { x }, given), [32.5]);
    tf.dispose([x, ...Object.values(given)]);
  });
});
