import { deepEqual, equal, notEqual, ok } from "node:assert/strict";

import { flag, integer } from "../../lib/kernels/attributes";
import { isSoleOwner } from "../../lib/kernels/call";
import { callDirect } from "../../lib/kernels/direct-call";
import { directMemory, borrow } from "../../lib/kernels/direct-tensor";
import { momentumStep } from "../../lib/kernels/optimisers";
import {
  allowBorrowing,
  disposeBorrowed,
  releaseBorrowed,
  borrowVariables,
  newBorrowable,
  borrowedVariable,
} from "../../lib/kernels/borrowed-variables";
import { nothing } from "../../lib/kernels/tensorflow-call";
import { tf } from "../../lib/runtime/tensorflow";
import { needOwnKernels } from "../helpers/kernels";

describe("borrowVariables(tensors) and borrowedVariable(tensor)", () => {
  let variable: tf.Variable;

  beforeEach(function () {
    needOwnKernels(this);
    variable = allowBorrowing(tf.tidy(() => tf.variable(tf.tensor1d([1, 2, 3]))));
  });

  afterEach(() => {
    releaseBorrowed(variable);
    variable.dispose();
  });

  const double = (tensor: tf.Tensor) => {
    const attributes = [integer("N", 2), flag("relu", false), integer("affine", [0, 0])];
    const [sum] = callDirect(
      "SonoNasSum",
      attributes,
      [tensor, tensor, ...Array<tf.Tensor>(4).fill(nothing())],
      [tensor.shape],
    );
    const values = [...sum!.dataSync()];
    sum!.dispose();
    return values;
  };

  it("borrow a variable once, on its own memory, until it is given back", () => {
    equal(borrowedVariable(variable), null);
    borrowVariables([variable]);
    const borrowed = borrowedVariable(variable)!;
    equal(borrowed.dataId, variable.dataId);
    deepEqual([...borrowed.dataSync()], [1, 2, 3]);
    borrowVariables([variable, variable]);
    equal(borrowedVariable(variable), borrowed);
    releaseBorrowed(variable);
    equal(borrowedVariable(variable), null);
    ok(borrowed.isDisposed);
    borrowVariables([variable]);
    deepEqual(double(variable), [2, 4, 6]);
  });

  it("borrow what newBorrowable has made, on memory that is its own", () => {
    const start = tf.tensor1d([1, 2]);
    const made = newBorrowable(() => tf.add(start, 1), false);
    equal(made.trainable, false);
    equal(isSoleOwner(made), true);
    borrowVariables([made]);
    deepEqual(double(made), [4, 6]);
    const { numTensors } = tf.memory();
    disposeBorrowed([made]);
    equal(tf.memory().numTensors, numTensors - 1);
    start.dispose();
  });

  it("borrow it anew where something was assigned to it", () => {
    borrowVariables([variable]);
    const borrowed = borrowedVariable(variable)!;
    const other = tf.tensor1d([4, 5, 6]);
    variable.assign(other);
    equal(borrowedVariable(variable), null);
    deepEqual(double(variable), [8, 10, 12]);
    borrowVariables([variable]);
    notEqual(borrowedVariable(variable), borrowed);
    ok(borrowed.isDisposed);
    deepEqual(double(variable), [8, 10, 12]);
    other.dispose();
  });

  it("show what a kernel of TensorFlow's has changed in place, and the other way round", () => {
    const moment = tf.tidy(() => tf.variable(tf.zeros([3])));
    const gradient = tf.ones([3]);
    const options = { rate: 1, momentum: 0.9, nesterov: false, decay: 0, bound: 0 };
    borrowVariables([variable]);
    momentumStep([variable], [moment], [gradient], options).dispose();
    deepEqual(double(variable), [0, 2, 4]);
    const [direct] = borrow([gradient]);
    momentumStep([variable], [moment], [direct!], options).dispose();
    ok([...variable.dataSync()].every((value, index) => Math.abs(value - [-1.9, -0.9, 0.1][index]!) < 1e-6));
    tf.dispose([moment, gradient, direct!]);
  });

  it("leave alone what may not be borrowed for long, and are not counted with what a run holds", () => {
    const other = tf.tidy(() => tf.variable(tf.zeros([2])));
    const before = directMemory();
    borrowVariables([other, variable]);
    equal(borrowedVariable(other), null);
    deepEqual(directMemory(), before);
    releaseBorrowed(other);
    other.dispose();
  });

  it("read hundreds of them in one call", () => {
    const count = 1500;
    const make = (value: number) =>
      Array.from({ length: count }, () => allowBorrowing(tf.tidy(() => tf.variable(tf.fill([1], value)))));
    const [weights, moments] = [make(1), make(0)];
    const gradient = tf.ones([1]);
    const [direct] = borrow([gradient]);
    const options = { rate: 0.5, momentum: 0.9, nesterov: false, decay: 0, bound: 0 };
    const norm = momentumStep(weights, moments, Array<tf.Tensor>(count).fill(direct!), options);
    ok(Math.abs(norm.dataSync()[0]! - Math.sqrt(count)) < 1e-4);
    ok(weights.every((weight) => weight.dataSync()[0] === 0.5));
    [...weights, ...moments].forEach(releaseBorrowed);
    tf.dispose([...weights, ...moments, gradient, direct!, norm]);
  });
});
