import { deepEqual, ok, throws } from "node:assert/strict";

import { softmaxCrossEntropy } from "../../lib/kernels/cross-entropy";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { leavesNothing, near, normalTensor, tidily, withBothKernels } from "../helpers/kernels";

describe("softmaxCrossEntropy(logits, labels, weights)", () => {
  withBothKernels((kind) => {
    for (const [batch, classes] of [
      [1, 1],
      [32, 10],
      [7, 2],
      [3, 1000],
    ] as const) {
      it(
        `agrees with TensorFlow.js and its gradient for ${batch} images of ${classes} classes, weighted and not`,
        tidily(() => {
          const random = createRandom(batch);
          const logits = normalTensor<tf.Rank.R2>(random, [batch, classes]);
          const labels: tf.Tensor2D = tf.softmax(normalTensor<tf.Rank.R2>(random, [batch, classes]));
          const weights = tf.tensor1d(Array.from({ length: batch }, () => random.uniform(0, 2)));
          for (const given of [null, weights]) {
            const loss = (x: tf.Tensor): tf.Scalar => {
              const each = tf.neg(tf.sum(tf.mul(labels, tf.logSoftmax(x as tf.Tensor2D)), 1));
              return tf.mean(given === null ? each : tf.mul(each, given));
            };
            const found = softmaxCrossEntropy(logits, labels, given);
            near(found.loss, loss(logits), "loss");
            near(found.gradient, tf.grad(loss)(logits), "gradient");
          }
        }),
      );
    }

    it(
      "shows what is not a number, and keeps it to its image",
      tidily(() => {
        const logits = tf.tensor2d([NaN, 1, 0, 1], [2, 2]);
        const { loss, gradient } = softmaxCrossEntropy(logits, tf.tensor2d([1, 0, 1, 0], [2, 2]), null);
        const [a, b, c, d] = [...gradient.dataSync()];
        deepEqual([loss.dataSync()[0], a, b], [NaN, NaN, NaN]);
        ok(Math.abs(c! + d!) < 1e-7 && c! < 0);
      }),
    );

    it("leaves no tensors behind", () => {
      const x = normalTensor<tf.Rank.R2>(createRandom(1), [4, 3]);
      const ones = tf.ones<tf.Rank.R1>([4]);
      leavesNothing(() => ({ ...softmaxCrossEntropy(x, x, ones) }));
      leavesNothing(() => ({ ...softmaxCrossEntropy(x, x, null) }));
      tf.dispose([x, ones]);
    });

    it(
      "refuses tensors that do not fit, as errors of JavaScript",
      tidily(() => {
        const logits = tf.ones<tf.Rank.R2>([2, 3]);
        throws(() => softmaxCrossEntropy(logits, tf.ones([4, 5]), null));
        if (kind === "own") {
          throws(() => softmaxCrossEntropy(logits, tf.ones([2, 1]), null), /labels has the shape/);
          throws(() => softmaxCrossEntropy(logits, logits, tf.ones([3])), /weights has the shape/);
        }
      }),
    );
  });
});
