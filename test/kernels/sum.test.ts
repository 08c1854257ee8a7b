import { deepEqual, equal, throws } from "node:assert/strict";

import { plain, type Readable } from "../../lib/kernels/normalised";
import { sum } from "../../lib/kernels/sum";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { leavesNothing, near, normalTensor, tidily, withBothKernels } from "../helpers/kernels";

const asItIs = (value: tf.Tensor4D): Readable => ({ value, scale: null, shift: null });

describe("sum(values, relu)", () => {
  withBothKernels((kind) => {
    for (const shape of [
      [2, 9, 7, 3],
      [1, 1, 1, 1],
      [1, 5, 6, 8],
      [3, 16, 16, 20],
      [2, 5, 3, 37],
    ]) {
      it(
        `adds 1 to 32 values of [${shape.join(", ")}] and more, each as it is or scaled and shifted`,
        tidily(() => {
          const random = createRandom(4);
          const channels = shape[3]!;
          const all = Array.from({ length: 40 }, (_, index): Readable => {
            const value = normalTensor(random, shape);
            if (index % 3 === 1) return asItIs(value);
            const of = () => normalTensor<tf.Rank.R1>(random, [channels]);
            return { value, scale: of(), shift: of() };
          });
          for (const count of [1, 2, 3, 5, 31, 32, 33, 40]) {
            const values = all.slice(0, count);
            const expected = values
              .map(({ value, scale, shift }) => (scale === null ? value : tf.add(tf.mul(value, scale), shift!)))
              .reduce((total, each) => tf.add(total, each));
            near(sum(values), expected, `${count}`);
            near(sum(values, true), tf.relu(expected), `${count} with a ReLU`);
          }
        }),
      );
    }

    it(
      "makes a tensor of its own of one value, which is the value to the bit",
      tidily(() => {
        const value = normalTensor(createRandom(1), [1, 3, 5, 7]);
        const copy = sum([asItIs(value)]);
        deepEqual(copy.dataSync(), value.dataSync());
        copy.dispose();
        equal(value.isDisposed, false);
      }),
    );

    it(
      "shows what is not a number, with and without a ReLU, and what is infinite",
      tidily(() => {
        const x = asItIs(tf.tensor4d([NaN, Infinity, -Infinity, 1, NaN, 2, 3, 4, -5], [1, 3, 3, 1]));
        deepEqual([...sum([x]).dataSync()], [NaN, Infinity, -Infinity, 1, NaN, 2, 3, 4, -5]);
        deepEqual([...sum([x], true).dataSync()], [NaN, Infinity, 0, 1, NaN, 2, 3, 4, 0]);
      }),
    );

    it("leaves no tensors behind", () => {
      const x = normalTensor(createRandom(1), [2, 6, 5, 9]);
      const scale = tf.ones<tf.Rank.R1>([9]);
      leavesNothing(() => sum([{ value: x, scale, shift: scale }, asItIs(x)], true));
      leavesNothing(() => plain({ value: x, scale, shift: scale }));
      tf.dispose([x, scale]);
    });

    it(
      "refuses tensors that do not fit, as errors of JavaScript",
      tidily(() => {
        const x = asItIs(tf.ones([1, 4, 4, 3]));
        throws(() => sum([x, asItIs(tf.ones([1, 4, 5, 3]))]));
        throws(() => sum([{ ...x, scale: tf.ones([2]), shift: tf.ones([2]) }]));
        if (kind === "own") throws(() => sum([asItIs(tf.ones([1, 4, 4, 3], "int32"))]), /float/);
      }),
    );
  });
});
