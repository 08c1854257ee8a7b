import { deepEqual, equal } from "node:assert/strict";

import { normaliseByTensorflow, plain, readableOf, scaleAndShift } from "../../lib/kernels/normalised";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { leavesNothing, near, normalNorm, normalTensor, stockNormalise, tidily } from "../helpers/kernels";

describe("a normalised value", () => {
  const random = createRandom(3);

  it(
    "is read as value · scale + shift, which is what a batch normalisation gives",
    tidily(() => {
      const [value, norm] = [normalTensor(random, [2, 5, 4, 7], 3), normalNorm(random, 7)];
      const { mean, variance } = tf.moments(value, [0, 1, 2]) as { mean: tf.Tensor1D; variance: tf.Tensor1D };
      const { scale, shift } = scaleAndShift(norm, mean, variance);
      const expected = stockNormalise(value, norm.gamma, norm.beta, norm.epsilon);
      near(plain({ value, scale, shift }), expected);
      const left = { value, mean, variance, scale, shift, normal: null };
      deepEqual(readableOf(left), { value, scale, shift });
      const done = normaliseByTensorflow(value, norm);
      equal(done.value, value);
      deepEqual(readableOf(done), { value: done.normal, scale: null, shift: null });
      near(plain(readableOf(done)), expected);
      near(done.mean, mean);
      near(done.variance, variance);
    }),
  );

  it("is handed out as a tensor of its own, which its reader disposes", () => {
    const value = normalTensor(random, [1, 2, 2, 3]);
    const { numTensors } = tf.memory();
    const copy = plain({ value, scale: null, shift: null });
    deepEqual(copy.dataSync(), value.dataSync());
    copy.dispose();
    equal(value.isDisposed, false);
    equal(tf.memory().numTensors, numTensors);
    value.dispose();
  });

  it("leaves no tensors behind", () => {
    const [value, norm] = [normalTensor(random, [2, 3, 3, 4]), normalNorm(random, 4)];
    leavesNothing(() => ({ ...scaleAndShift(norm, norm.gamma, norm.gamma) }));
    leavesNothing(() => {
      const { mean, variance, normal } = normaliseByTensorflow(value, norm);
      return [mean, variance, normal!];
    });
    tf.dispose([value, norm.gamma, norm.beta]);
  });
});
