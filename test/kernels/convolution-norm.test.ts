import { equal, throws } from "node:assert/strict";

import { convolutionNorm, convolutionNormGradients } from "../../lib/kernels/convolution-norm";
import { plain, readableOf } from "../../lib/kernels/normalised";
import { stockConvolution } from "../../lib/kernels/stock-convolution";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import {
  leavesNothing,
  near,
  normalNorm,
  normalTensor,
  stockNormalise,
  tidily,
  withBothKernels,
} from "../helpers/kernels";

/** Batch, height, width, channels, filters; size, stride, padding. Up to four channels have a kernel of their own. */
const cases = [
  [[4, 9, 7], 1, 8, 3, 1, "same"],
  [[2, 12, 11], 3, 60, 3, 1, "same"],
  [[3, 8, 9], 4, 5, 5, 2, "same"],
  [[2, 10, 9], 2, 7, 3, 2, "valid"],
  [[2, 9, 9], 5, 6, 3, 1, "same"],
  [[2, 16, 16], 32, 40, 3, 1, "same"],
  [[3, 6, 7], 6, 4, 1, 1, "same"],
] as const;

describe("convolutionNorm(x, kernel, window, norm) and its backward pass", () => {
  withBothKernels((kind) => {
    it(
      "agree with TensorFlow.js's own operations",
      tidily(() => {
        const random = createRandom(12);
        for (const [image, channels, filters, size, stride, padding] of cases) {
          const what = `[${image.join(", ")}], ${channels} channels, ${filters} filters, stride ${stride}, ${padding}`;
          const x = normalTensor(random, [...image, channels], 0.2);
          const kernel = normalTensor(random, [size, size, channels, filters]);
          const norm = normalNorm(random, filters);
          const window = { size, stride, padding };
          const all = (...[images, weights, gamma, beta]: tf.Tensor[]) => {
            const value = stockConvolution(images as tf.Tensor4D, weights as tf.Tensor4D, { stride, padding });
            return stockNormalise(value, gamma!, beta!, norm.epsilon);
          };
          const inputs = [x, kernel, norm.gamma, norm.beta];
          const result = convolutionNorm(x, kernel, window, norm);
          const expected = all(...inputs);
          near(plain(readableOf(result)), expected, what);
          const d = normalTensor(random, expected.shape);
          const [dX, ...others] = tf.grads(all)(inputs, d) as [tf.Tensor, ...tf.Tensor[]];
          const base = normalTensor(random, x.shape);
          for (const onto of [null, base, "unwanted"] as const) {
            const gradients = convolutionNormGradients(d, result, x, kernel, window, norm, onto);
            if (onto === "unwanted") equal(gradients.x, null);
            else near(gradients.x!, onto === null ? dX : tf.add(onto, dX), `${what}, x`, 1e-4);
            (["kernel", "gamma", "beta"] as const).forEach((name, index) => {
              near(gradients[name], others[index]!, `${what}, ${name}`, 1e-4);
            });
          }
        }
      }),
    );

    it("leave no tensors behind", () => {
      const random = createRandom(13);
      const norm = normalNorm(random, 6);
      for (const channels of [3, 5]) {
        const x = normalTensor(random, [2, 7, 6, channels]);
        const kernel = normalTensor(random, [3, 3, channels, 6]);
        const window = { size: 3, stride: 1, padding: "same" as const };
        const some = (result: object) => Object.values(result).filter((each) => each !== null) as tf.TensorContainer;
        leavesNothing(() => some(convolutionNorm(x, kernel, window, norm)));
        const result = convolutionNorm(x, kernel, window, norm);
        const d = tf.onesLike(result.value);
        for (const base of [null, "unwanted"] as const)
          leavesNothing(() => some(convolutionNormGradients(d, result, x, kernel, window, norm, base)));
        tf.dispose([some(result), x, kernel, d]);
      }
      tf.dispose([norm.gamma, norm.beta]);
    });

    it(
      "refuse tensors that do not fit, as errors of JavaScript",
      tidily(() => {
        const window = { size: 3, stride: 1, padding: "same" as const };
        const [x, kernel] = [tf.ones<tf.Rank.R4>([1, 5, 5, 3]), tf.ones<tf.Rank.R4>([3, 3, 3, 4])];
        throws(() => convolutionNorm(x, kernel, window, normalNorm(createRandom(1), 5)));
        throws(() => convolutionNorm(tf.ones([1, 5, 5, 2]), kernel, window, normalNorm(createRandom(1), 4)));
        if (kind !== "own") return;
        const norm = normalNorm(createRandom(1), 4);
        const result = convolutionNorm(x, kernel, window, norm);
        throws(
          () => convolutionNormGradients(tf.ones([1, 5, 4, 4]), result, x, kernel, window, norm, "unwanted"),
          /d has the shape \[1, 5, 4, 4\], expected \[1, 5, 5, 4\]/,
        );
      }),
    );
  });
});
