import { stockConvolution } from "../../lib/kernels/stock-convolution";
import {
  averagePoolGradient,
  convolutionInputGradient,
  convolutionKernelGradient,
  fusedNormalise,
  fusedNormaliseGradient,
  maxPoolGradient,
  relu6Gradient,
  reluGradient,
} from "../../lib/kernels/tensorflow";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { leavesNothing, near, normalNorm, normalTensor, stockNormalise, tidily } from "../helpers/kernels";

const random = createRandom(10);

describe("TensorFlow's kernels by name", () => {
  it(
    "are the gradients of ReLUs, from the input and from the output",
    tidily(() => {
      const x = tf.tensor1d([-2, -0.5, 0, 0.5, 5.5, 6.5, 7]);
      const d = normalTensor<tf.Rank.R1>(random, [7]);
      const [dRelu, dRelu6] = [tf.relu, tf.relu6].map((each) => tf.grad((a) => each(a))(x, d)) as [
        tf.Tensor,
        tf.Tensor,
      ];
      for (const seen of [x, tf.relu(x)]) near(reluGradient(d, seen), dRelu);
      for (const seen of [x, tf.relu6(x)]) near(relu6Gradient(d, seen), dRelu6);
    }),
  );

  it(
    "are a batch normalisation whose variance is divided by the count, and its gradients",
    tidily(() => {
      const [x, d, norm] = [
        normalTensor(random, [2, 3, 5, 6], 1),
        normalTensor(random, [2, 3, 5, 6]),
        normalNorm(random, 6),
      ];
      const { gamma, beta, epsilon } = norm;
      const { out, mean, variance } = fusedNormalise(x, gamma, beta, epsilon);
      const moments = tf.moments(x, [0, 1, 2]);
      near(mean, moments.mean);
      near(variance, moments.variance);
      const stock = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) => stockNormalise(a, b, c, epsilon);
      near(out, stock(x, gamma, beta));
      const expected = tf.grads(stock)([x, gamma, beta], d);
      fusedNormaliseGradient(d, x, gamma, mean, variance, epsilon).forEach((each, index) => {
        near(each, expected[index]!);
      });
    }),
  );

  it(
    "are the gradients of convolutions and pools",
    tidily(() => {
      for (const stride of [1, 2]) {
        for (const padding of ["same", "valid"] as const) {
          const x = normalTensor(random, [2, 7, 6, 4]);
          const kernels = [5, 1].flatMap((filters) =>
            [1, 3].map((size) => normalTensor(random, [size, size, 4, filters])),
          );
          for (const kernel of kernels) {
            const depthwise = kernel.shape[3] === 1;
            const stock = (a: tf.Tensor, b: tf.Tensor) =>
              stockConvolution(a as tf.Tensor4D, b as tf.Tensor4D, { stride, padding }, depthwise);
            const d = normalTensor(random, stock(x, kernel).shape);
            const [dX, dKernel] = tf.grads(stock)([x, kernel], d) as [tf.Tensor, tf.Tensor];
            near(convolutionInputGradient(d, x.shape, kernel, stride, padding, depthwise), dX);
            near(convolutionKernelGradient(d, x, kernel.shape, stride, padding, depthwise), dKernel);
          }
          const out = tf.maxPool(x, 3, stride, padding);
          const d = normalTensor(random, out.shape);
          const dMax = tf.grad((a) => tf.maxPool(a as tf.Tensor4D, 3, stride, padding))(x, d);
          const dMean = tf.grad((a) => tf.avgPool(a as tf.Tensor4D, 3, stride, padding))(x, d);
          near(maxPoolGradient(d, x, out, 3, stride, padding), dMax);
          near(averagePoolGradient(d, x.shape, 3, stride, padding), dMean);
        }
      }
    }),
  );

  it("leave no tensors behind", () => {
    const [x, norm] = [normalTensor(random, [2, 3, 3, 4]), normalNorm(random, 4)];
    const [full, each] = [normalTensor(random, [3, 3, 4, 4]), normalTensor(random, [3, 3, 4, 1])];
    leavesNothing(() => [reluGradient(x, x), relu6Gradient(x, x)]);
    leavesNothing(() => ({ ...fusedNormalise(x, norm.gamma, norm.beta, 1e-3) }));
    leavesNothing(() => fusedNormaliseGradient(x, x, norm.gamma, norm.gamma, norm.gamma, 1e-3));
    leavesNothing(() => convolutionInputGradient(x, x.shape, full, 1, "same"));
    leavesNothing(() => convolutionKernelGradient(x, x, each.shape, 1, "same", true));
    leavesNothing(() => maxPoolGradient(x, x, x, 1, 1, "same"));
    leavesNothing(() => averagePoolGradient(x, x.shape, 3, 1, "same"));
    tf.dispose([x, full, each, norm.gamma, norm.beta]);
  });
});
