import { deepEqual, equal, throws } from "node:assert/strict";

import { dropPlace, makeCalls, queueCall, settleCalls, takePlace } from "../../lib/kernels/call-queue";
import { flag, integer } from "../../lib/kernels/attributes";
import { ownLibrary } from "../../lib/kernels/choose-kernels";
import { directTensor, borrow, type DirectTensor } from "../../lib/kernels/direct-tensor";
import { tf } from "../../lib/runtime/tensorflow";
import { needOwnKernels } from "../helpers/kernels";

describe("the queue of calls", () => {
  const shape = [1, 1, 2, 3];
  let x: tf.Tensor;
  let borrowed: DirectTensor;

  /** Asks for the sum of what lies at two places. */
  function add(one: number, other: number, size = shape): number {
    const operation = ownLibrary().operations.get("SonoNasSum")!;
    const attributes = [integer("N", 2), flag("relu", false), integer("affine", [0, 0])];
    const place = takePlace();
    queueCall(operation, attributes, [one, other, 0, 0, 0, 0], [{ place, shape: size }]);
    return place;
  }

  /** The numbers at a place, which is let go of. */
  function valuesAt(place: number): number[] {
    const tensor = directTensor(place, shape);
    const values = [...tensor.dataSync()];
    tensor.dispose();
    return values;
  }

  beforeEach(function () {
    needOwnKernels(this);
    x = tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 1, 2, 3]);
    [borrowed] = borrow([x]) as [DirectTensor];
  });

  afterEach(() => {
    tf.dispose([borrowed, x]);
    makeCalls();
  });

  it("makes calls in the order in which they were asked for, thousands of them", () => {
    // 1 + 1, then 1 more each time, to the largest whole number that float32 tells from its neighbours in this many steps.
    let place = add(borrowed.held.place, borrowed.held.place);
    for (let turn = 0; turn < 9998; turn++) {
      const next = add(place, borrowed.held.place);
      dropPlace(place, false);
      place = next;
    }
    deepEqual(
      valuesAt(place),
      [1, 2, 3, 4, 5, 6].map((value) => 10000 * value),
    );
  });

  it("uses places again once they are let go of, and never one that is in use", () => {
    const first = [takePlace(), takePlace(), takePlace()];
    equal(new Set(first).size, 3);
    for (const place of first) dropPlace(place, false);
    const second = [takePlace(), takePlace(), takePlace()];
    deepEqual([...second].sort(), [...first].sort());
    for (const place of second) dropPlace(place, false);
    const many = Array.from({ length: 3000 }, takePlace);
    equal(new Set(many).size, 3000);
    for (const place of many) dropPlace(place, false);
  });

  it("leaves out what follows a call that fails, lets go of its places, and goes on with the next calls", () => {
    const wrong = add(borrowed.held.place, borrowed.held.place, [1, 1, 3, 2]);
    const after = add(wrong, borrowed.held.place);
    dropPlace(wrong, false);
    throws(makeCalls, /another shape than was said/);
    const empty = directTensor(after, shape);
    throws(() => empty.dataSync(), /no tensor at this place/);
    empty.dispose();
    deepEqual(valuesAt(add(borrowed.held.place, borrowed.held.place)), [2, 4, 6, 8, 10, 12]);
  });

  it("is settled without a word where something else has failed", () => {
    const wrong = add(borrowed.held.place, borrowed.held.place, [1]);
    settleCalls();
    dropPlace(wrong, false);
    makeCalls();
    deepEqual(valuesAt(add(borrowed.held.place, borrowed.held.place)), [2, 4, 6, 8, 10, 12]);
  });

  it("makes nothing of no calls", () => {
    makeCalls();
    makeCalls();
  });
});
