import { deepEqual } from "node:assert/strict";

import { upsample, upsampleGradients } from "../../lib/kernels/upsample";
import { asItIs } from "../../lib/kernels/normalised";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { leavesNothing, near, normalTensor, tidily, withBothKernels } from "../helpers/kernels";

const shapes = [
  [2, 3, 4, 3],
  [1, 1, 1, 1],
  [3, 5, 2, 16],
  [1, 4, 4, 37],
];

describe("upsample(x, factor) and upsampleGradients(d, factor, base)", () => {
  withBothKernels(() => {
    for (const factor of [2, 3, 4, 16]) {
      it(
        `agree with TensorFlow.js for squares of ${factor} × ${factor}, with a normalisation on the way and a gradient that was begun`,
        tidily(() => {
          const random = createRandom(factor);
          for (const shape of shapes) {
            const [batch, height, width, channels] = shape as [number, number, number, number];
            const what = `[${shape.join(", ")}]`;
            const larger = (x: tf.Tensor) =>
              tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [height * factor, width * factor]);
            const [value, base] = [normalTensor(random, shape), normalTensor(random, shape)];
            const [scale, shift] = [
              normalTensor<tf.Rank.R1>(random, [channels]),
              normalTensor<tf.Rank.R1>(random, [channels]),
            ];
            near(upsample(asItIs(value), factor), larger(value), what, factor === 3 ? 2e-7 : 0);
            near(upsample({ value, scale, shift }, factor), larger(value.mul(scale).add(shift)), what);
            const d = normalTensor(random, [batch, height * factor, width * factor, channels]);
            // The sum over each square, as the definition says.
            const sums = tf.sum(tf.reshape(d, [batch, height, factor, width, factor, channels]), [2, 4]);
            near(upsampleGradients(d, factor, null), sums, what);
            near(upsampleGradients(d, factor, base), sums.add(base), what);
          }
        }),
      );
    }

    it(
      "repeat rows and columns, and sum them up",
      tidily(() => {
        const x = tf.tensor4d([1, 2], [1, 1, 2, 1]);
        deepEqual([...upsample(asItIs(x), 2).dataSync()], [1, 1, 2, 2, 1, 1, 2, 2]);
        const d = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 4, 1]);
        deepEqual([...upsampleGradients(d, 2, null).dataSync()], [14, 22]);
      }),
    );

    it("leave no tensors behind", () => {
      const x = tf.ones<tf.Rank.R4>([1, 2, 2, 3]);
      const d = tf.ones<tf.Rank.R4>([1, 4, 4, 3]);
      leavesNothing(() => {
        upsample(asItIs(x), 2).dispose();
        upsampleGradients(d, 2, x).dispose();
      });
      tf.dispose([x, d]);
    });
  });
});
