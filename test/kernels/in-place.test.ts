import { deepEqual, equal, notEqual } from "node:assert/strict";

import { isSoleOwner } from "../../lib/kernels/call";
import { makeReady } from "../../lib/kernels/in-place";
import { allowBorrowing, disposeBorrowed, borrowedVariable } from "../../lib/kernels/borrowed-variables";
import { tf } from "../../lib/runtime/tensorflow";
import { needOwnKernels } from "../helpers/kernels";

describe("makeReady(variables)", () => {
  beforeEach(function () {
    needOwnKernels(this);
  });

  it("gives a variable memory of its own where the tensor that it was made from holds the same, once", () => {
    const start = tf.tensor1d([1, 2, 3]);
    const variable = tf.tidy(() => tf.variable(start, false));
    equal(variable.dataId, start.dataId);
    makeReady([variable]);
    notEqual(variable.dataId, start.dataId);
    deepEqual([...variable.dataSync()], [1, 2, 3]);
    equal(isSoleOwner(variable), true);
    const { dataId } = variable;
    makeReady([variable]);
    equal(variable.dataId, dataId);
    tf.dispose([start, variable]);
  });

  it("borrows what may be borrowed for long, on the memory that it has then, and nothing else", () => {
    const [one, other] = [1, 2].map((value) => tf.tidy(() => tf.variable(tf.scalar(value), false))) as [
      tf.Variable,
      tf.Variable,
    ];
    allowBorrowing(one);
    makeReady([one, other]);
    equal(borrowedVariable(one)?.dataId, one.dataId);
    equal(borrowedVariable(other), null);
    disposeBorrowed([one]);
    other.dispose();
  });
});
