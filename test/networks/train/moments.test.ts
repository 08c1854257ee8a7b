import { deepEqual, equal, ok } from "node:assert/strict";

import { borrowVariables, borrowedVariable } from "../../../lib/kernels/borrowed-variables";
import { disposeMoments, newMoment } from "../../../lib/networks/train/moments";
import { tf } from "../../../lib/runtime/tensorflow";
import { needOwnKernels } from "../../helpers/kernels";

describe("newMoment(weight) and disposeMoments(moments)", () => {
  it("make zeros of the weight's shape, and leave nothing", () => {
    const weight = tf.ones([2, 3]);
    const { numTensors } = tf.memory();
    const moments = new Map([["a", newMoment(weight)]]);
    deepEqual(
      [moments.get("a")!.shape, [...moments.get("a")!.dataSync()]],
      [
        [2, 3],
        [0, 0, 0, 0, 0, 0],
      ],
    );
    equal(moments.get("a")!.trainable, false);
    disposeMoments(moments);
    deepEqual([moments.size, tf.memory().numTensors], [0, numTensors]);
    weight.dispose();
  });

  it("give back what was borrowed", function () {
    needOwnKernels(this);
    const weight = tf.ones([2]);
    const moment = newMoment(weight);
    borrowVariables([moment]);
    const borrowed = borrowedVariable(moment)!;
    disposeMoments(new Map([["a", moment]]));
    ok(borrowed.isDisposed && moment.isDisposed);
    weight.dispose();
  });
});
