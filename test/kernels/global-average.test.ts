import { deepEqual, throws } from "node:assert/strict";

import { globalAverage, globalAverageGradients } from "../../lib/kernels/global-average";
import { asItIs } from "../../lib/kernels/normalised";
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

describe("globalAverage(x, relu) and its backward pass", () => {
  withBothKernels((kind) => {
    for (const shape of shapes) {
      it(
        `agree with TensorFlow.js for [${shape.join(", ")}], as it is or normalised, with a ReLU and without`,
        tidily(() => {
          const random = createRandom(6);
          const [value, base] = [normalTensor(random, shape), normalTensor(random, shape)];
          const of = () => normalTensor<tf.Rank.R1>(random, [shape[3]]);
          const d = normalTensor<tf.Rank.R2>(random, [shape[0], shape[3]]);
          for (const x of [asItIs(value), { value, scale: of(), shift: of() }]) {
            const seen = x.scale === null ? value : tf.add(tf.mul(value, x.scale), x.shift!);
            for (const relu of [false, true]) {
              const stock = (a: tf.Tensor) => tf.mean(relu ? tf.relu(a) : a, [1, 2]);
              near(globalAverage(x, relu), stock(seen));
              const expected = tf.grad(stock)(seen, d);
              near(globalAverageGradients(d, relu ? x : null, shape, null), expected);
              near(globalAverageGradients(d, relu ? x : null, shape, base), tf.add(base, expected), "onto a base");
            }
          }
        }),
      );
    }

    it(
      "gives the mean by hand, and shows what is not a number",
      tidily(() => {
        const x = asItIs(tf.tensor4d([1, 10, -3, 30, 2, NaN], [1, 1, 3, 2]));
        deepEqual([...globalAverage(x, false).dataSync()], [0, NaN]);
        deepEqual([...globalAverage(x, true).dataSync()], [1, NaN]);
      }),
    );

    it("leaves no tensors behind", () => {
      const value = normalTensor(createRandom(1), [2, 6, 5, 9]);
      const scale = tf.ones<tf.Rank.R1>([9]);
      const d = tf.ones<tf.Rank.R2>([2, 9]);
      const x = { value, scale, shift: scale };
      leavesNothing(() => globalAverage(x, true));
      leavesNothing(() => globalAverageGradients(d, x, [2, 6, 5, 9], null));
      leavesNothing(() => globalAverageGradients(d, null, [2, 6, 5, 9], value));
      tf.dispose([value, scale, d]);
    });

    it(
      "refuse tensors that do not fit, as errors of JavaScript",
      tidily(() => {
        const x = asItIs(tf.ones([2, 4, 4, 3]));
        throws(() => globalAverage({ ...x, scale: tf.ones([2]), shift: tf.ones([2]) }, false));
        throws(() => globalAverageGradients(tf.ones([2, 3]), x, [2, 4, 5, 3], null));
        throws(() => globalAverageGradients(tf.ones([2, 3]), null, [2, 4, 4, 3], tf.ones([2, 4, 5, 3])));
        if (kind === "own")
          throws(() => globalAverage(asItIs(tf.ones<tf.Rank>([4, 3]) as tf.Tensor4D), false), /four sizes/);
      }),
    );
  });
});
