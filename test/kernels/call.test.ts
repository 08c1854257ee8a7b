import { deepEqual, equal, ok } from "node:assert/strict";

import { flag, float, float32 } from "../../lib/kernels/attributes";
import { callKernel, isSoleOwner } from "../../lib/kernels/call";
import { directMemory, isDirect, borrow, share } from "../../lib/kernels/direct-tensor";
import { asItIs } from "../../lib/kernels/normalised";
import { sum } from "../../lib/kernels/sum";
import { callTensorflow, markOwn } from "../../lib/kernels/tensorflow-call";
import { tf } from "../../lib/runtime/tensorflow";
import { needOwnKernels, near, tidily } from "../helpers/kernels";

describe("callKernel(name, attributes, inputs, outputs)", () => {
  beforeEach(function () {
    needOwnKernels(this);
  });

  it("calls one of ours past TensorFlow where an input is in its memory, and by TensorFlow where none is", () => {
    const x = tf.ones<tf.Rank.R4>([1, 2, 2, 3]);
    const [direct] = borrow([x]);
    const close = [asItIs(x), asItIs(x)];
    const far = [asItIs(x), asItIs(direct as tf.Tensor as tf.Tensor4D)];
    const [byTensorflow, past] = [sum(close), sum(far)];
    equal(isDirect(byTensorflow), false);
    ok(isDirect(past));
    near(past, byTensorflow);
    tf.dispose([byTensorflow, past, direct!, x]);
  });

  it("gives what nobody wants as null, past TensorFlow and by it", () => {
    const x = tf.ones<tf.Rank.R4>([1, 2, 2, 3]);
    const [direct] = borrow([x]);
    const ones = tf.ones([3]);
    for (const image of [x, direct!]) {
      const before = [tf.memory().numTensors, directMemory().tensors];
      const attributes = [flag("relu", false), flag("apply", false), float("epsilon", 1e-3)];
      const outputs = [null, [3], null, [3], null];
      const [out, mean, variance, scale, shift] = callKernel(
        "SonoNasNormalise",
        attributes,
        [image, ones, ones],
        outputs,
      );
      deepEqual([out, variance, shift], [null, null, null]);
      near(mean!, [1, 1, 1]);
      near(scale!, Array<number>(3).fill(Math.sqrt(1000)), "", 1e-4);
      tf.dispose([mean!, scale!]);
      deepEqual([tf.memory().numTensors, directMemory().tensors], before);
    }
    tf.dispose([direct!, x, ones]);
  });

  it("lets TensorFlow's kernels read what is in our memory", () => {
    const x = tf.tensor4d([-1, 2, 3, -4], [1, 2, 2, 1]);
    const [direct] = borrow([x]);
    const twice = sum([asItIs(direct as tf.Tensor as tf.Tensor4D), asItIs(x)]);
    const [cut] = callTensorflow("Relu", [float32("T")], [twice], 1);
    equal(isDirect(cut!), false);
    near(cut!, [0, 4, 6, 0]);
    tf.dispose([cut!, twice, direct!, x]);
  });
});

describe("isSoleOwner(tensor)", () => {
  it(
    "is true of what nobody else holds, in either memory",
    tidily(() => {
      const x = markOwn(tf.add<tf.Tensor4D>(tf.ones([1, 2, 2, 3]), 1));
      equal(isSoleOwner(x), true);
      const clone = tf.clone(x);
      equal(isSoleOwner(x), false);
      clone.dispose();
      equal(isSoleOwner(x), true);
    }),
  );

  it("is false of what was borrowed, is shared, or was seen by TensorFlow", function () {
    needOwnKernels(this);
    const x = tf.ones<tf.Rank.R4>([1, 2, 2, 3]);
    const [borrowed] = borrow([x]);
    equal(isSoleOwner(borrowed!), false);
    const [a, b] = [1, 2].map(() => sum([asItIs(borrowed as tf.Tensor as tf.Tensor4D)])) as [tf.Tensor4D, tf.Tensor4D];
    equal(isSoleOwner(a), true);
    const other = share(a);
    equal(isSoleOwner(a), false);
    other.dispose();
    equal(isSoleOwner(a), true);
    tf.dispose(tf.reshape(b, [12]));
    equal(isSoleOwner(b), false);
    tf.dispose([a, b, borrowed!, x]);
  });
});
