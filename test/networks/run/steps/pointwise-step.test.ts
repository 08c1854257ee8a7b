import { stockConvolution } from "../../../../lib/kernels/stock-convolution";
import { pointwiseStep, type PointwiseNode } from "../../../../lib/networks/run/steps/pointwise-step";
import { tf } from "../../../../lib/runtime/tensorflow";
import { kernelKinds, withKernels } from "../../helpers";
import { checkStep, normalise, numbersNear, valueOf } from "./check-step";

const epsilon = 0.01;

/** A step of convolutions of some inputs, in order, and how TensorFlow.js computes it. */
function check(
  names: readonly string[],
  relu: boolean,
  stride: number,
  combine: "sum" | "concatenation",
  shifted = -1,
) {
  const convolutions = names.map((input, index): PointwiseNode => ({
    input,
    convolution: `end${index}`,
    shifted: index === shifted,
  }));
  const filters = combine === "sum" ? 4 : 2;
  const channels = combine === "sum" ? 4 : 2 * names.length;
  checkStep({
    step: pointwiseStep({ convolutions, options: { relu, stride, combine }, norm: "norm", epsilon }),
    inputs: Object.fromEntries(names.map((name) => [name, [2, 7, 6, 3]])),
    weights: {
      ...Object.fromEntries(names.map((_, index) => [`end${index}/kernel`, [1, 1, 3, filters]])),
      "norm/gamma": [channels],
      "norm/beta": [channels],
    },
    expected: (given) => {
      const parts = convolutions.map(({ input, convolution, shifted: moved }) => {
        const positive = relu ? tf.relu(given[input]!) : given[input]!;
        const x = moved ? tf.slice(tf.pad(positive, [[0, 0], [0, 1], [0, 1], [0, 0]]), [0, 1, 1, 0]) : positive; // prettier-ignore
        return stockConvolution(x, given[`${convolution}/kernel`]!, { stride, padding: "same" });
      });
      const all = combine === "sum" ? tf.addN(parts) : tf.concat(parts, 3);
      return normalise(all, given["norm/gamma"]!, given["norm/beta"]!, epsilon);
    },
  });
}

describe("pointwiseStep(nodes)", () => {
  it("normalises one 1 × 1 convolution, with ReLU before or without, at stride 1 and 2", () => {
    for (const relu of [true, false]) for (const stride of [1, 2]) check(["a"], relu, stride, "sum");
  });

  it("normalises the sum of several", () => {
    check(["a", "b", "c"], true, 1, "sum");
  });

  it("takes one input several times, next to each other or not, and gives it the sum of the gradients", () => {
    check(["a", "a"], true, 1, "sum");
    check(["a", "b", "a"], true, 1, "sum");
    check(["a", "b", "a", "b", "b"], false, 1, "sum");
  });

  it("puts the two paths of a factorised reduction behind each other, the second shifted", () => {
    for (const relu of [true, false]) check(["a", "a"], relu, 2, "concatenation", 1);
    check(["a", "b"], true, 2, "concatenation", 1);
  });

  it("takes moving statistics instead of the batch's", () => {
    const [a, b] = [tf.tensor4d([-1, 2], [1, 1, 2, 1]), tf.tensor4d([4, -5], [1, 1, 2, 1])];
    const given = {
      "end0/kernel": tf.tensor4d([10], [1, 1, 1, 1]),
      "end1/kernel": tf.tensor4d([100], [1, 1, 1, 1]),
      "norm/gamma": tf.tensor1d([2]),
      "norm/beta": tf.tensor1d([1]),
      "norm/moving_mean": tf.tensor1d([20]),
      "norm/moving_variance": tf.tensor1d([3.99]),
    };
    const convolutions = ["a", "b"].map((input, index) => ({ input, convolution: `end${index}`, shifted: false }));
    const options = { relu: true, stride: 1, combine: "sum" } as const;
    const step = pointwiseStep({ convolutions, options, norm: "norm", epsilon });
    // 400 and 20 before the normalisation.
    for (const kind of kernelKinds)
      withKernels(kind, () => {
        numbersNear(valueOf(step, { a, b }, given), [381, 1], 1e-3);
      });
    tf.dispose([a, b, ...Object.values(given)]);
  });
});
