import { equal } from "node:assert/strict";

import { batchNormStep } from "../../../../lib/networks/run/steps/batch-norm-step";
import { tf } from "../../../../lib/runtime/tensorflow";
import { kernelKinds, withKernels } from "../../helpers";
import { checkStep, normalise, numbersNear, valueOf } from "./check-step";

const weights = { "norm/gamma": [5], "norm/beta": [5] };
const epsilon = 0.01;

describe("batchNormStep(nodes)", () => {
  for (const [what, shape] of [
    ["images", [3, 4, 6, 5]],
    ["rows", [7, 5]],
  ] as const) {
    for (const relu of [null, "relu"]) {
      it(`normalises ${what} by their batch${relu === null ? "" : ", and cuts off at 0"}`, () => {
        const step = batchNormStep({ input: "x", norm: "norm", relu, epsilon });
        equal(step.output, relu ?? "norm");
        checkStep({
          step,
          inputs: { x: shape },
          weights,
          expected: (given) => {
            const value = normalise(given.x!, given["norm/gamma"]!, given["norm/beta"]!, epsilon);
            return relu === null ? value : tf.relu(value);
          },
        });
      });
    }
  }

  it("normalises by moving averages: (x - mean) / √(variance + epsilon) · gamma + beta", () => {
    const x = tf.tensor2d([1, 10, 3, -20], [2, 2]);
    const numbers = (values: number[]) => tf.tensor1d(values);
    const given = {
      "norm/gamma": numbers([2, 1]),
      "norm/beta": numbers([0.5, -1]),
      "norm/moving_mean": numbers([1, 4]),
      "norm/moving_variance": numbers([0.24, 9]),
    };
    const byHand = (value: number, channel: 0 | 1) =>
      channel === 0 ? ((value - 1) / Math.sqrt(0.24 + epsilon)) * 2 + 0.5 : (value - 4) / Math.sqrt(9 + epsilon) - 1;
    const expected = [byHand(1, 0), byHand(10, 1), byHand(3, 0), byHand(-20, 1)];
    for (const kind of kernelKinds) {
      withKernels(kind, () => {
        for (const image of [x, tf.reshape(x, [1, 2, 1, 2])]) {
          const nodes = { input: "x", norm: "norm", epsilon };
          numbersNear(valueOf(batchNormStep({ ...nodes, relu: null }), { x: image }, given), expected, 1e-4);
          const cut = expected.map((value) => Math.max(0, value));
          numbersNear(valueOf(batchNormStep({ ...nodes, relu: "relu" }), { x: image }, given), cut, 1e-4);
          if (image !== x) image.dispose();
        }
      });
    }
    tf.dispose([x, ...Object.values(given)]);
  });
});
