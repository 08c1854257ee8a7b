import { equal, ok } from "node:assert/strict";

import type { Clock } from "../../lib/runtime/environment";
import { tf } from "../../lib/runtime/tensorflow";
import { measureSpeed, secondsOf } from "../../lib/study/measure-speed";

describe("measureSpeed(clock) and secondsOf(work, speed)", () => {
  it("are of this machine, in some seconds, and leave no tensor behind", () => {
    measureSpeed(); // what kernels make once for all
    const before = tf.memory().numTensors;
    const speed = measureSpeed();
    equal(tf.memory().numTensors, before);
    // A processor of this century, and none of the next.
    for (const one of [speed.found, speed.handCrafted]) ok(one > 1e8 && one < 1e14, String(one));
  });

  it("are multiply-adds by seconds of the clock", () => {
    const clockOf = (tick: number): Clock => {
      let now = 0;
      return { now: () => new Date(0), seconds: () => (now += tick) };
    };
    const [one, half] = [measureSpeed(clockOf(1)), measureSpeed(clockOf(2))];
    equal(one.found, 2 * half.found);
    equal(one.handCrafted, 2 * half.handCrafted);
    equal(secondsOf({ found: one.found, handCrafted: 2 * one.handCrafted, processes: 2 }, one), 1 + 2 + 18);
  });
});
