import { deepEqual, equal, ok, throws } from "node:assert/strict";

import {
  directMemory,
  disposeDirectSince,
  isDirect,
  lastDirect,
  borrow,
  share,
  take,
  type DirectTensor,
} from "../../lib/kernels/direct-tensor";
import { asItIs } from "../../lib/kernels/normalised";
import { sum } from "../../lib/kernels/sum";
import { tf } from "../../lib/runtime/tensorflow";
import { needOwnKernels, near } from "../helpers/kernels";

describe("a tensor in memory of our own kernels", () => {
  let x: tf.Tensor4D;
  let borrowed: DirectTensor;

  /** Twice x, computed past TensorFlow. */
  function makeTwice(): DirectTensor {
    const twice: tf.Tensor = sum([asItIs(borrowed as tf.Tensor as tf.Tensor4D), asItIs(x)]);
    ok(isDirect(twice));
    return twice;
  }

  beforeEach(function () {
    needOwnKernels(this);
    x = tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 1, 2, 3]);
    [borrowed] = borrow([x]) as [DirectTensor];
  });

  afterEach(() => {
    if (directMemory().tensors > 0) tf.dispose([borrowed, x]);
    equal(directMemory().tensors, 0);
  });

  it("has shape and type, and is a tensor to TensorFlow.js, which can compute with it", () => {
    const twice = makeTwice();
    ok(twice instanceof tf.Tensor && isDirect(twice));
    equal(isDirect(x), false);
    deepEqual([twice.shape, twice.dtype, twice.rank, twice.size], [[1, 1, 2, 3], "float32", 4, 6]);
    deepEqual([...twice.dataSync()], [2, 4, 6, 8, 10, 12]);
    const more = tf.tidy(() => tf.add(tf.reshape(twice, [6]), 1));
    near(more, [3, 5, 7, 9, 11, 13]);
    tf.dispose([more, twice]);
  });

  it("can be differentiated by as any other", () => {
    const twice = makeTwice();
    const gradient = tf.tidy(() => tf.grad((value) => tf.sum(tf.square(value)))(tf.clone(twice)));
    near(gradient, [4, 8, 12, 16, 20, 24]);
    tf.dispose([gradient, twice]);
  });

  it("is not disposed by a tidy, and releases what TensorFlow has got to know", () => {
    const { numTensors } = tf.memory();
    const twice = makeTwice();
    tf.tidy(() => {
      tf.add(twice, 1);
    });
    equal(twice.isDisposed, false);
    equal(tf.memory().numTensors, numTensors + 1);
    twice.dispose();
    twice.dispose();
    equal(tf.memory().numTensors, numTensors);
  });

  it("lives on where it is shared", () => {
    const twice = makeTwice();
    const other = share(twice);
    twice.dispose();
    equal(other.isDisposed, false);
    deepEqual([...other.dataSync()], [2, 4, 6, 8, 10, 12]);
    other.dispose();
    const clone = share(x);
    equal(isDirect(clone), false);
    clone.dispose();
  });

  it("that was borrowed has the numbers of the tensor that it was made of, as long as that is there", () => {
    equal(borrowed.dataId, x.dataId);
    const [own] = borrow([x], { given: x });
    own!.dispose();
    equal(x.isDisposed, true);
    throws(() => borrowed.dataId, /has been disposed/);
  });

  it("is borrowed and taken out in any number, of either type", () => {
    const many = Array.from({ length: 150 }, (_, index) => tf.scalar(index));
    const whole = tf.tensor1d([1, 2], "int32");
    const all = borrow([...many, whole, ...many]);
    equal(all.length, 301);
    const taken = take(all.slice(100, 150));
    deepEqual(
      taken.map((tensor) => tensor.dataSync()[0]),
      Array.from({ length: 50 }, (_, index) => index + 100),
    );
    deepEqual(take([]), []);
    throws(() => take([all[150]!]), /float32/);
    tf.dispose([all, taken, many, whole]);
  });

  it("that was taken out outlives the memory's own tensors", () => {
    const twice = makeTwice();
    const [taken] = take([twice]);
    twice.dispose();
    deepEqual([...taken!.dataSync()], [2, 4, 6, 8, 10, 12]);
    taken!.dispose();
  });

  it("is counted, with its bytes if they are not TensorFlow's", () => {
    const before = directMemory();
    const twice = makeTwice();
    const other = share(twice);
    deepEqual(directMemory(), { tensors: before.tensors + 2, bytes: before.bytes + 24 });
    tf.dispose([twice, other]);
    deepEqual(directMemory(), before);
  });

  it("is disposed with all that were made since a moment, but for those that stay", () => {
    const moment = lastDirect();
    const [a, b] = [makeTwice(), makeTwice()];
    disposeDirectSince(moment, [b]);
    deepEqual([a.isDisposed, b.isDisposed, borrowed.isDisposed], [true, false, false]);
    disposeDirectSince(moment);
    equal(b.isDisposed, true);
  });
});
