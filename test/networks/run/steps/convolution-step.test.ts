import { layers } from "../../../../lib/graph/layer";
import { stockConvolution } from "../../../../lib/kernels/stock-convolution";
import { convolutionStep, depthwiseStep } from "../../../../lib/networks/run/steps/convolution-step";
import { tf } from "../../../../lib/runtime/tensorflow";
import { checkStep, numbersNear, valueOf } from "./check-step";

const inputs = { x: [2, 7, 6, 3] };

describe("convolutionStep(node, layer, input)", () => {
  for (const size of [1, 3]) {
    for (const stride of [1, 2, 3]) {
      it(`convolves by ${size} × ${size} at stride ${stride}, with a bias or without, at both kinds of border`, () => {
        for (const padding of ["same", "valid"] as const) {
          for (const bias of [false, true]) {
            const layer = layers.convolution({ size, filters: 4, stride, padding, bias });
            checkStep({
              step: convolutionStep("it", layer, "x"),
              inputs,
              weights: { "it/kernel": [size, size, 3, 4], ...(bias ? { "it/bias": [4] } : {}) },
              expected: (given) => {
                const value = stockConvolution(given.x!, given["it/kernel"]!, { stride, padding });
                return bias ? tf.add(value, given["it/bias"]!) : value;
              },
            });
          }
        }
      });
    }
  }

  it("sums products up, and adds the bias", () => {
    const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
    const given = { "it/kernel": tf.tensor4d([1, 10, 100, 1000], [2, 2, 1, 1]), "it/bias": tf.tensor1d([0.5]) };
    const layer = layers.convolution({ size: 2, filters: 1, padding: "valid", bias: true });
    numbersNear(valueOf(convolutionStep("it", layer, "x"), { x }, given), [4321.5]);
    tf.dispose([x, ...Object.values(given)]);
  });
});

describe("depthwiseStep(node, layer, input)", () => {
  for (const size of [2, 3, 5]) {
    it(`convolves each channel by ${size} × ${size}, at every stride, with a bias or without, at both kinds of border`, () => {
      for (const stride of [1, 2]) {
        for (const padding of ["same", "valid"] as const) {
          for (const bias of [false, true]) {
            checkStep({
              step: depthwiseStep("it", layers.depthwise({ size, stride, padding, bias }), "x"),
              inputs,
              weights: { "it/depthwise_kernel": [size, size, 3, 1], ...(bias ? { "it/bias": [3] } : {}) },
              expected: (given) => {
                const value = tf.depthwiseConv2d(given.x!, given["it/depthwise_kernel"]!, stride, padding);
                return bias ? tf.add(value, given["it/bias"]!) : value;
              },
            });
          }
        }
      }
    });
  }

  it("keeps channels apart", () => {
    const x = tf.tensor4d([1, 2, 3, 4], [1, 1, 2, 2]);
    const kernel = tf.tensor4d(
      Array.from({ length: 18 }, (_, index) => (index === 8 ? 10 : index === 9 ? -1 : 0)),
      [3, 3, 2, 1],
    );
    // The centre's weights are 10 for the first channel, -1 for the second.
    const step = depthwiseStep("it", layers.depthwise({ size: 3 }), "x");
    numbersNear(valueOf(step, { x }, { "it/depthwise_kernel": kernel }), [10, -2, 30, -4]);
    tf.dispose([x, kernel]);
  });
});
