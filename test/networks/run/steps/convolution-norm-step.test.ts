import { layers } from "../../../../lib/graph/layer";
import { convolutionNormStep } from "../../../../lib/networks/run/steps/convolution-norm-step";
import { tf } from "../../../../lib/runtime/tensorflow";
import { kernelKinds, withKernels } from "../../helpers";
import { checkStep, normalise, numbersNear, valueOf } from "./check-step";

const epsilon = 0.01;

describe("convolutionNormStep(nodes)", () => {
  for (const [size, stride, channels] of [
    [3, 1, 3],
    [5, 2, 1],
    [3, 1, 7],
    [3, 2, 5],
    [1, 1, 5],
    [3, 1, 60],
  ] as const) {
    it(`computes a convolution of ${size} × ${size}, stride ${stride}, ${channels} channels, and batch normalisation, after a ReLU or without`, () => {
      const layer = layers.convolution({ size, stride, filters: 6 });
      for (const relu of [false, true]) {
        checkStep({
          step: convolutionNormStep({ input: "x", convolution: "convolution", layer, norm: "norm", epsilon, relu }),
          inputs: { x: [3, 9, 8, channels] },
          weights: { "convolution/kernel": [size, size, channels, 6], "norm/gamma": [6], "norm/beta": [6] },
          expected: (given) => {
            const value = tf.conv2d(relu ? tf.relu(given.x!) : given.x!, given["convolution/kernel"]!, stride, "same");
            return normalise(value, given["norm/gamma"]!, given["norm/beta"]!, epsilon);
          },
        });
      }
    });
  }

  it("takes moving statistics instead of the batch's", () => {
    const layer = layers.convolution({ size: 1, filters: 1 });
    const x = tf.tensor4d([-1, 2], [1, 1, 2, 1]);
    const given = {
      "convolution/kernel": tf.tensor4d([15], [1, 1, 1, 1]),
      "norm/gamma": tf.tensor1d([2]),
      "norm/beta": tf.tensor1d([1]),
      "norm/moving_mean": tf.tensor1d([10]),
      "norm/moving_variance": tf.tensor1d([3.99]),
    };
    const nodes = { input: "x", convolution: "convolution", layer, norm: "norm", epsilon, relu: false };
    const step = convolutionNormStep(nodes);
    for (const kind of kernelKinds)
      withKernels(kind, () => {
        // -15 and 30 before the normalisation.
        numbersNear(valueOf(step, { x }, given), [-24, 21], 1e-4);
      });
    tf.dispose([x, ...Object.values(given)]);
  });
});
