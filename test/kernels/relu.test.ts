import { deepEqual, throws } from "node:assert/strict";

import { isSoleOwner } from "../../lib/kernels/call";
import { reluGradients } from "../../lib/kernels/relu";
import { sum } from "../../lib/kernels/sum";
import { asItIs } from "../../lib/kernels/normalised";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { leavesNothing, near, normalTensor, tidily, withBothKernels } from "../helpers/kernels";

describe("reluGradients(d, out)", () => {
  withBothKernels((kind) => {
    it(
      "passes the gradient on where the result is positive, unchanged, for images and rows of any size",
      tidily(() => {
        const random = createRandom(3);
        for (const shape of [
          [1, 1, 1, 1],
          [2, 9, 7, 3],
          [3, 40, 40, 20],
          [5, 13],
        ]) {
          const [x, d] = [normalTensor(random, shape), normalTensor(random, shape)];
          const expected = tf.grad((a) => tf.relu(a))(x, d);
          const found = reluGradients(d, tf.relu(x));
          near(found, expected, shape.join(" × "), 0);
          found.dispose();
        }
      }),
    );

    it(
      "passes nothing on at 0",
      tidily(() => {
        deepEqual([...reluGradients(tf.tensor1d([1, 2, 3]), tf.tensor1d([0, 1e-30, 5])).dataSync()], [0, 2, 3]);
      }),
    );

    it(
      "uses a gradient up that nobody else holds, and leaves others as they are",
      tidily(() => {
        const random = createRandom(5);
        const [out, given] = [tf.relu(normalTensor(random, [2, 3, 3, 4])), normalTensor(random, [2, 3, 3, 4])];
        const before = given.dataSync().slice();
        reluGradients(given, out);
        deepEqual(given.dataSync(), before);
        const own = sum([asItIs(given)]);
        const expected = tf.mul(given, tf.step(out));
        const alone = isSoleOwner(own);
        near(reluGradients(own, out), expected, "", 0);
        if (kind === "own" && alone) near(own, expected, "written over", 0);
      }),
    );

    it("leaves no tensors behind", () => {
      const x = normalTensor(createRandom(1), [2, 6, 5, 9]);
      leavesNothing(() => reluGradients(x, x));
      x.dispose();
    });

    it(
      "refuses a result of another shape",
      tidily(() => {
        throws(() => reluGradients(tf.ones([2, 3]), tf.ones([3, 3])));
      }),
    );
  });
});
