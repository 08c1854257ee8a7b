import { equal, throws } from "node:assert/strict";

import { convolution, convolutionGradients } from "../../lib/kernels/convolution";
import { stockConvolution } from "../../lib/kernels/stock-convolution";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { leavesNothing, near, normalTensor, tidily, withBothKernels } from "../helpers/kernels";

describe("convolution(x, kernel, window) and its backward pass", () => {
  withBothKernels(() => {
    for (const size of [1, 3, 5]) {
      it(
        `agree with TensorFlow.js for windows of ${size} at every stride and padding`,
        tidily(() => {
          const random = createRandom(size);
          for (const [shape, filters] of [
            [[2, 9, 7, 3], 8],
            [[1, 6, 12, 8], 37],
            [[3, 5, 5, 20], 1],
            [[1, 7, 6, 300], 300],
            // Many pixels of many channels: Winograd's transforms, where ours compute and the stride is 1.
            [[3, 9, 13, 32], 37],
            [[5, 6, 8, 45], 33],
            [[26, 5, 5, 32], 32],
          ] as [number[], number][]) {
            for (const stride of [1, 2, 3]) {
              for (const padding of ["same", "valid"] as const) {
                const what = `[${shape.join(", ")}] to ${filters}, stride ${stride}, ${padding}`;
                const [x, kernel] = [
                  normalTensor(random, shape),
                  normalTensor(random, [size, size, shape[3]!, filters]),
                ];
                const stock = (a: tf.Tensor, b: tf.Tensor) =>
                  stockConvolution(a as tf.Tensor4D, b as tf.Tensor4D, { stride, padding });
                const expected = stock(x, kernel);
                const window = { size, stride, padding };
                near(convolution(x, kernel, window), expected, what);
                const [d, base] = [normalTensor(random, expected.shape), normalTensor(random, shape)];
                const [dX, dKernel] = tf.grads(stock)([x, kernel], d) as [tf.Tensor, tf.Tensor];
                const gradients = convolutionGradients(d, x, kernel, window, null);
                near(gradients.x!, dX, what);
                near(gradients.kernel, dKernel, what);
                near(convolutionGradients(d, x, kernel, window, base).x!, tf.add(base, dX), what);
                const unwanted = convolutionGradients(d, x, kernel, window, "unwanted");
                equal(unwanted.x, null);
                near(unwanted.kernel, dKernel, what);
              }
            }
          }
        }),
      );
    }

    it(
      "agree with TensorFlow.js as a network's first layer: few channels, windows of any side and stride",
      tidily(() => {
        const random = createRandom(5);
        for (const [shape, filters] of [
          [[2, 23, 17, 1], 20],
          [[33, 12, 14, 3], 7],
          [[1, 30, 11, 4], 64],
        ] as [number[], number][]) {
          for (const [size, stride] of [
            [2, 2],
            [3, 2],
            [7, 2],
            [11, 4],
          ] as const) {
            for (const padding of ["same", "valid"] as const) {
              const what = `[${shape.join(", ")}] to ${filters}, window ${size}, stride ${stride}, ${padding}`;
              const [x, kernel] = [normalTensor(random, shape), normalTensor(random, [size, size, shape[3]!, filters])];
              const expected = tf.conv2d(x, kernel, stride, padding);
              near(convolution(x, kernel, { size, stride, padding }), expected, what);
              const d = normalTensor(random, expected.shape);
              const dKernel = tf.grad((b) => tf.conv2d(x, b as tf.Tensor4D, stride, padding))(kernel, d);
              near(convolutionGradients(d, x, kernel, { size, stride, padding }, "unwanted").kernel, dKernel, what);
            }
          }
        }
      }),
    );

    it(
      "agree with TensorFlow.js on images of one pixel, one row and one column",
      tidily(() => {
        const random = createRandom(3);
        const window = { size: 3, stride: 1, padding: "same" as const };
        for (const shape of [
          [130, 1, 1, 32],
          [9, 1, 16, 32],
          [9, 17, 1, 32],
        ]) {
          const [x, kernel] = [normalTensor(random, shape), normalTensor(random, [3, 3, 32, 32])];
          const d = normalTensor(random, shape);
          const stock = (a: tf.Tensor, b: tf.Tensor) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, "same");
          const [dX, dKernel] = tf.grads(stock)([x, kernel], d) as [tf.Tensor, tf.Tensor];
          const what = `[${shape.join(", ")}]`;
          near(convolution(x, kernel, window), stock(x, kernel), what);
          const gradients = convolutionGradients(d, x, kernel, window, null);
          near(gradients.x!, dX, what);
          near(gradients.kernel, dKernel, what);
        }
      }),
    );

    it(
      "are the sums that a convolution is, also for numbers of very different size",
      tidily(() => {
        const random = createRandom(4);
        const x = tf.mul<tf.Tensor4D>(
          normalTensor(random, [2, 8, 8, 32]),
          tf.reshape(tf.pow(10, tf.range(-3, 5)), [1, 8, 1, 1]),
        );
        const kernel = normalTensor(random, [3, 3, 32, 32]);
        const window = { size: 3, stride: 1, padding: "same" as const };
        near(convolution(x, kernel, window), tf.conv2d(x, kernel, 1, "same"), "rows from 0.001 to 10,000");
      }),
    );

    it("leave no tensors behind", () => {
      const random = createRandom(1);
      const [image, few] = [normalTensor(random, [2, 8, 9, 3]), normalTensor(random, [3, 3, 3, 5])];
      const two = { size: 3, stride: 2, padding: "same" as const };
      leavesNothing(() => convolution(image, few, two));
      const dFew = convolution(image, few, two);
      leavesNothing(() => convolutionGradients(dFew, image, few, two, "unwanted").kernel);
      tf.dispose([image, few, dFew]);
      const x = normalTensor(random, [2, 8, 9, 32]);
      for (const size of [1, 3]) {
        const kernel = normalTensor(random, [size, size, 32, 32]);
        const window = { size, stride: 1, padding: "same" as const };
        leavesNothing(() => convolution(x, kernel, window));
        for (const base of [null, "unwanted", x] as const) {
          leavesNothing(() => {
            const gradients = convolutionGradients(x, x, kernel, window, base);
            return [gradients.kernel, ...(gradients.x === null ? [] : [gradients.x])];
          });
        }
        kernel.dispose();
      }
      x.dispose();
    });

    it(
      "refuse tensors that do not fit, as errors of JavaScript",
      tidily(() => {
        for (const size of [1, 3]) {
          const window = { size, stride: 1, padding: "same" as const };
          throws(() => convolution(tf.ones([1, 4, 4, 3]), tf.ones([size, size, 4, 5]), window));
          throws(() => convolution(tf.ones<tf.Rank>([4, 3]) as tf.Tensor4D, tf.ones([size, size, 3, 5]), window));
        }
      }),
    );
  });
});
