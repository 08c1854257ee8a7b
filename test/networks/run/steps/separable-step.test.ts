import { separableStep } from "../../../../lib/networks/run/steps/separable-step";
import { tf } from "../../../../lib/runtime/tensorflow";
import { kernelKinds, withKernels } from "../../helpers";
import { checkStep, normalise, numbersNear, valueOf } from "./check-step";

const epsilon = 0.01;
const step = separableStep({
  input: "x",
  depthwise: "depthwise",
  pointwise: "pointwise",
  norm: "norm",
  epsilon,
});

describe("separableStep(nodes)", () => {
  for (const size of [3, 5, 7]) {
    it(`computes ReLU, ${size} × ${size}, 1 × 1 and batch normalisation`, () => {
      checkStep({
        step,
        inputs: { x: [2, 6, 5, 3] },
        weights: {
          "depthwise/depthwise_kernel": [size, size, 3, 1],
          "pointwise/kernel": [1, 1, 3, 4],
          "norm/gamma": [4],
          "norm/beta": [4],
        },
        expected: (given) => {
          const spread = tf.depthwiseConv2d(tf.relu(given.x!), given["depthwise/depthwise_kernel"]!, 1, "same");
          const mixed = tf.conv2d(spread, given["pointwise/kernel"]!, 1, "same");
          return normalise(mixed, given["norm/gamma"]!, given["norm/beta"]!, epsilon);
        },
      });
    });
  }

  it("takes moving statistics instead of the batch's", () => {
    const x = tf.tensor4d([-1, 2], [1, 1, 2, 1]);
    const centre = Array.from({ length: 9 }, (_, index) => (index === 4 ? 3 : 0));
    const given = {
      "depthwise/depthwise_kernel": tf.tensor4d(centre, [3, 3, 1, 1]),
      "pointwise/kernel": tf.tensor4d([5], [1, 1, 1, 1]),
      "norm/gamma": tf.tensor1d([2]),
      "norm/beta": tf.tensor1d([1]),
      "norm/moving_mean": tf.tensor1d([10]),
      "norm/moving_variance": tf.tensor1d([3.99]),
    };
    // Of -1 and 2: 0 and 30 before the normalisation.
    for (const kind of kernelKinds)
      withKernels(kind, () => {
        numbersNear(valueOf(step, { x }, given), [-9, 21], 1e-4);
      });
    tf.dispose([x, ...Object.values(given)]);
  });
});
