import { equal, throws } from "node:assert/strict";

import { dense, denseGradients } from "../../lib/kernels/dense";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { leavesNothing, near, normalTensor, tidily, withBothKernels } from "../helpers/kernels";

const sizes = [
  [1, 1, 1],
  [32, 80, 10],
  [9, 37, 2],
  [5, 3, 29],
  [17, 512, 64],
  // More weights than our own product of matrices is made for.
  [4, 600, 300],
] as const;

describe("dense(x, kernel, bias) and its backward pass", () => {
  withBothKernels((kind) => {
    for (const [batch, inputs, outputs] of sizes) {
      it(
        `agree with TensorFlow.js for ${batch} rows of ${inputs} and ${outputs} outputs`,
        tidily(() => {
          const random = createRandom(8);
          const of = (...shape: [number, number]) => normalTensor<tf.Rank.R2>(random, shape);
          const [x, kernel, base, d] = [of(batch, inputs), of(inputs, outputs), of(batch, inputs), of(batch, outputs)];
          const bias = normalTensor<tf.Rank.R1>(random, [outputs]);
          near(dense(x, kernel, null), tf.matMul(x, kernel));
          near(dense(x, kernel, bias), tf.add(tf.matMul(x, kernel), bias));
          const stock = tf.grads((a, w, b) => tf.add(tf.matMul(a, w), b));
          const [dX, dKernel, dBias] = stock([x, kernel, bias], d) as [tf.Tensor, tf.Tensor, tf.Tensor];
          const all = denseGradients(d, x, kernel, true, null);
          near(all.x!, dX, "x");
          near(all.kernel, dKernel, "kernel");
          near(all.bias!, dBias, "bias");
          const some = denseGradients(d, x, kernel, false, base);
          near(some.x!, tf.add(base, dX), "x onto a base");
          equal(some.bias, null);
          const few = denseGradients(d, x, kernel, false, "unwanted");
          equal(few.x, null);
          near(few.kernel, dKernel, "kernel alone");
        }),
      );
    }

    it("leaves no tensors behind", () => {
      const [x, kernel, d] = [tf.ones<tf.Rank.R2>([3, 7]), tf.ones<tf.Rank.R2>([7, 5]), tf.ones<tf.Rank.R2>([3, 5])];
      const bias = tf.ones<tf.Rank.R1>([5]);
      leavesNothing(() => dense(x, kernel, bias));
      for (const base of [null, "unwanted", x] as const) {
        leavesNothing(
          () => ({ ...denseGradients(d, x, kernel, base === null, base) }) as unknown as tf.TensorContainer,
        );
      }
      tf.dispose([x, kernel, d, bias]);
    });

    it(
      "refuse tensors that do not fit, as errors of JavaScript",
      tidily(() => {
        const [x, kernel] = [tf.ones<tf.Rank.R2>([2, 3]), tf.ones<tf.Rank.R2>([3, 4])];
        throws(() => dense(x, tf.ones([2, 4]), null));
        throws(() => denseGradients(tf.ones([2, 5]), x, kernel, true, null));
        if (kind === "own") throws(() => dense(x, kernel, tf.ones([3])), /bias has the shape \[3\], expected \[4\]/);
      }),
    );
  });
});
