import { deepEqual, equal, throws } from "node:assert/strict";

import { flag, integer } from "../../lib/kernels/attributes";
import { makeCalls } from "../../lib/kernels/call-queue";
import { callDirect } from "../../lib/kernels/direct-call";
import { directMemory, isDirect, borrow, type DirectTensor } from "../../lib/kernels/direct-tensor";
import { callTensorflow, nothing } from "../../lib/kernels/tensorflow-call";
import { tf } from "../../lib/runtime/tensorflow";
import { needOwnKernels, same } from "../helpers/kernels";

describe("callDirect(name, attributes, inputs, outputs)", () => {
  const ofSum = (count: number) => [
    integer("N", count),
    flag("relu", true),
    integer("affine", Array<number>(count).fill(0)),
  ];
  const none = (count: number) => Array<tf.Tensor>(2 * count).fill(nothing());
  let x: tf.Tensor;
  let borrowed: DirectTensor;

  beforeEach(function () {
    needOwnKernels(this);
    x = tf.randomNormal([2, 5, 3, 7], 0, 1, "float32", 3);
    [borrowed] = borrow([x]) as [DirectTensor];
  });

  afterEach(() => {
    if (directMemory().tensors > 0) tf.dispose([borrowed, x]);
    equal(directMemory().tensors, 0);
  });

  it("gives what the call by TensorFlow gives, to the bit, whoever holds the inputs", () => {
    const [expected] = callTensorflow("SonoNasSum", ofSum(2), [x, x, ...none(2)], 1);
    for (const inputs of [
      [borrowed, borrowed],
      [x, borrowed],
      [x, x],
    ]) {
      const [found, ...others] = callDirect("SonoNasSum", ofSum(2), [...inputs, ...none(2)], [x.shape]);
      deepEqual([others.length, isDirect(found!), found!.shape], [0, true, [2, 5, 3, 7]]);
      same(found!, expected!);
      found!.dispose();
    }
    expected!.dispose();
  });

  it("takes as many inputs and gives as many outputs as any kernel has", () => {
    const inputs = [...Array<DirectTensor>(32).fill(borrowed), ...none(32)];
    const [found] = callDirect("SonoNasSum", ofSum(32), inputs, [x.shape]);
    const [expected] = callTensorflow("SonoNasSum", ofSum(32), [...Array<tf.Tensor>(32).fill(x), ...none(32)], 1);
    same(found!, expected!);
    tf.dispose([found!, expected!]);
  });

  it("keeps to the order of calls, also where what they read is disposed before they are made", () => {
    const twice = (value: tf.Tensor) => callDirect("SonoNasSum", ofSum(2), [value, value, ...none(2)], [x.shape])[0]!;
    let value: DirectTensor = twice(borrowed);
    for (let turn = 0; turn < 9; turn++) {
      const next = twice(value);
      value.dispose();
      value = next;
    }
    const expected = tf.tidy(() => tf.mul(tf.relu(x), 1024));
    same(value, expected);
    tf.dispose([value, expected]);
  });

  it("says what the kernel says of inputs that do not fit, when the call is made, and leaves nothing", () => {
    const other = tf.zeros([2, 5, 3, 6]);
    const { tensors } = directMemory();
    const refuses = (inputs: tf.Tensor[], shape: number[], message: RegExp) => {
      const [found] = callDirect("SonoNasSum", ofSum(2), inputs, [shape]);
      throws(makeCalls, message);
      found!.dispose();
      makeCalls();
    };
    refuses([borrowed, other, ...none(2)], x.shape, /x has the shape \[2, 5, 3, 6\]/);
    refuses([borrowed, borrowed], x.shape, /An input is missing/);
    refuses([borrowed, borrowed, ...none(2)], [2, 5, 3, 6], /another shape than was said/);
    const whole = tf.zeros([2, 5, 3, 7], "int32");
    refuses([borrowed, whole, ...none(2)], x.shape, /Input 1 is not float32/);
    whole.dispose();
    equal(directMemory().tensors, tensors);
    other.dispose();
  });

  it("refuses a kernel that is not there, attributes that are others than its own, and a disposed input", () => {
    const shapes = [x.shape];
    throws(() => callDirect("SonoNasNothing", [], [borrowed], shapes), /There is no SonoNasNothing/);
    const few = [integer("N", 1)];
    throws(() => callDirect("SonoNasSum", few, [borrowed], shapes), /There is no SonoNasSum with these attributes/);
    const moved = [integer("N", 1), integer("affine", [0]), flag("relu", false)];
    throws(
      () => callDirect("SonoNasSum", moved, [borrowed, ...none(1)], shapes),
      /takes relu where it was given affine/,
    );
    const [gone] = callDirect("SonoNasSum", ofSum(1), [borrowed, ...none(1)], shapes);
    gone!.dispose();
    throws(() => callDirect("SonoNasSum", ofSum(1), [gone!, ...none(1)], shapes), /disposed/);
  });
});
