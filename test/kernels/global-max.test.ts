import { deepEqual, throws } from "node:assert/strict";

import { globalMax, globalMaxGradients } from "../../lib/kernels/global-max";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { leavesNothing, near, normalTensor, tidily, withBothKernels } from "../helpers/kernels";

const shapes: [number, number, number, number][] = [
  [2, 9, 7, 3],
  [1, 1, 1, 1],
  [3, 16, 16, 20],
  [33, 4, 4, 80],
  [2, 5, 3, 37],
];

describe("globalMax(x) and its backward pass", () => {
  withBothKernels((kind) => {
    for (const shape of shapes) {
      it(
        `agree with TensorFlow.js for [${shape.join(", ")}]`,
        tidily(() => {
          const random = createRandom(6);
          const [x, base] = [normalTensor(random, shape), normalTensor(random, shape)];
          const d = normalTensor<tf.Rank.R2>(random, [shape[0], shape[3]]);
          const stock = (a: tf.Tensor) => tf.max(a, [1, 2]);
          const result = globalMax(x);
          near(result.out, stock(x));
          const expected = tf.grad(stock)(x, d);
          near(globalMaxGradients(d, x, result, null), expected);
          near(globalMaxGradients(d, x, result, base), tf.add(base, expected), "onto a base");
        }),
      );
    }

    it(
      "gives the largest by hand, and its gradient to where it was found",
      tidily(() => {
        const x = tf.tensor4d([1, -10, -3, -30, 2, -20], [1, 3, 1, 2]);
        const result = globalMax(x);
        deepEqual([...result.out.dataSync()], [2, -10]);
        const d = tf.tensor2d([5, 7], [1, 2]);
        deepEqual([...globalMaxGradients(d, x, result, null).dataSync()], [0, 7, 0, 0, 5, 0]);
      }),
    );

    it("leaves no tensors behind", () => {
      const x = normalTensor(createRandom(1), [2, 6, 5, 9]);
      const d = tf.ones<tf.Rank.R2>([2, 9]);
      leavesNothing(() => {
        const { out, places } = globalMax(x);
        return places === null ? [out] : [out, places];
      });
      const result = globalMax(x);
      leavesNothing(() => globalMaxGradients(d, x, result, null));
      leavesNothing(() => globalMaxGradients(d, x, result, x));
      tf.dispose([x, d, result.out, ...(result.places === null ? [] : [result.places])]);
    });

    if (kind === "own") {
      it(
        "takes the first of equal ones, and shows what is not a number wherever it stands",
        tidily(() => {
          const x = tf.tensor4d([3, 1, NaN, 3, NaN, 2, 1, 4, 0], [1, 3, 1, 3]);
          const result = globalMax(x);
          deepEqual([...result.out.dataSync()], [3, NaN, NaN]);
          const gradient = globalMaxGradients(tf.ones([1, 3]), { shape: [1, 3, 1, 3] }, result, null);
          deepEqual([...gradient.dataSync()], [1, 0, 1, 0, 1, 0, 0, 0, 0]);
        }),
      );

      it(
        "refuse tensors that do not fit, as errors of JavaScript",
        tidily(() => {
          const result = globalMax(tf.ones([2, 4, 4, 3]));
          throws(() => globalMaxGradients(tf.ones([2, 4]), { shape: [2, 4, 4, 3] }, result, null));
          throws(() => globalMaxGradients(tf.ones([2, 3]), { shape: [2, 4, 4, 3] }, result, tf.ones([2, 4, 5, 3])));
          throws(() => globalMax(tf.ones<tf.Rank>([4, 3]) as tf.Tensor4D), /four sizes/);
        }),
      );
    }
  });
});
