import { throws } from "node:assert/strict";

import { depthwise, depthwiseGradients } from "../../lib/kernels/depthwise";
import { stockConvolution } from "../../lib/kernels/stock-convolution";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { leavesNothing, near, normalTensor, tidily, withBothKernels } from "../helpers/kernels";

/** Batch, height, width and channels: odd ones, long ones, single pixels, and channels on both sides of a vector of 8. */
const shapes = [
  [2, 9, 7, 3],
  [1, 7, 12, 8],
  [3, 1, 1, 7],
  [2, 8, 8, 20],
  [1, 11, 7, 37],
  [2, 7, 9, 80],
  [2, 10, 10, 1],
];

describe("depthwise(x, kernel, window) and its backward pass", () => {
  withBothKernels((kind) => {
    for (const size of [1, 3, 5, 7]) {
      it(
        `agree with TensorFlow.js for windows of ${size} at every stride and padding`,
        tidily(() => {
          const random = createRandom(size);
          for (const shape of shapes) {
            for (const stride of [1, 2, 3]) {
              for (const padding of ["same", "valid"] as const) {
                if (padding === "valid" && Math.min(shape[1]!, shape[2]!) < size) continue;
                const what = `[${shape.join(", ")}], stride ${stride}, ${padding}`;
                const [x, kernel] = [normalTensor(random, shape), normalTensor(random, [size, size, shape[3]!, 1])];
                const stock = (a: tf.Tensor, b: tf.Tensor) =>
                  stockConvolution(a as tf.Tensor4D, b as tf.Tensor4D, { stride, padding }, true);
                const expected = stock(x, kernel);
                const window = { size, stride, padding };
                near(depthwise(x, kernel, window), expected, what);
                const d = normalTensor(random, expected.shape);
                const [dX, dKernel] = tf.grads(stock)([x, kernel], d) as [tf.Tensor, tf.Tensor];
                const gradients = depthwiseGradients(d, x, kernel, window, null);
                near(gradients.x, dX, what);
                near(gradients.kernel, dKernel, what);
                const base = normalTensor(random, shape);
                near(depthwiseGradients(d, x, kernel, window, base).x, tf.add(base, dX), `${what}, with a base`);
              }
            }
          }
        }),
      );
    }

    it("leave no tensors behind", () => {
      const random = createRandom(1);
      const [x, kernel] = [normalTensor(random, [2, 6, 5, 9]), normalTensor(random, [3, 3, 9, 1])];
      const window = { size: 3, stride: 1, padding: "same" as const };
      leavesNothing(() => depthwise(x, kernel, window));
      leavesNothing(() => ({ ...depthwiseGradients(x, x, kernel, window, x) }));
      tf.dispose([x, kernel]);
    });

    it(
      "refuse tensors that do not fit, and whole numbers, as errors of JavaScript",
      tidily(() => {
        const window = { size: 3, stride: 1, padding: "same" as const };
        const [x, kernel] = [tf.ones<tf.Rank.R4>([1, 4, 4, 5]), tf.ones<tf.Rank.R4>([3, 3, 6, 1])];
        throws(() => depthwise(x, kernel, window));
        throws(() => depthwise(tf.ones<tf.Rank>([4, 5]) as tf.Tensor4D, kernel, window));
        throws(() => depthwise(tf.ones([1, 4, 4, 6], "int32"), kernel, window));
        if (kind !== "own") return;
        throws(() => depthwise(x, kernel, window), /weights has the shape \[3, 3, 6, 1\], expected \[3, 3, 5, 1\]/);
        const d = tf.ones<tf.Rank.R4>([1, 4, 3, 6]);
        throws(
          () => depthwiseGradients(d, tf.ones([1, 4, 4, 6]), kernel, window, null),
          /d has the shape \[1, 4, 3, 6\], expected \[1, 4, 4, 6\]/,
        );
        throws(
          () => depthwise(tf.ones([1, 2, 4, 6]), kernel, { ...window, padding: "valid" }),
          /smaller than the window/,
        );
        throws(() => depthwise(tf.ones([0, 4, 4, 6]), kernel, window), /expected four sizes from 1/);
      }),
    );
  });
});
