import { equal, ok } from "node:assert/strict";

import type { Clock } from "../../lib/runtime/environment";
import { tf } from "../../lib/runtime/tensorflow";
import { costOf } from "../../lib/graph/cost";
import { buildHandCrafted } from "../../lib/graph/hand-crafted/registry";
import { measureSpeed, measureStudySpeed, secondsOf } from "../../lib/study/measure-speed";
import { settingsOf } from "../../lib/study/settings-of";

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

describe("measureStudySpeed(settings, clock)", () => {
  const settings = settingsOf({ profile: "smoke", dataset: "phantom" });
  const clockOf = (tick: number): Clock => {
    let now = 0;
    return { now: () => new Date(0), seconds: () => (now += tick) };
  };

  it("takes a step of each network of the study, at its own size, and leaves no tensor behind", async () => {
    await measureStudySpeed(settings, clockOf(1)); // what kernels make once for all
    const before = tf.memory().numTensors;
    const { handCrafted } = await measureStudySpeed({ ...settings, handCrafted: ["CNN3", "ResNet-18"] }, clockOf(1));
    equal(tf.memory().numTensors, before);
    const side = settings.preparation.size ?? 64;
    for (const [name, speed] of handCrafted) {
      const { multiplyAdds } = costOf(
        buildHandCrafted(name, { height: side, width: side, channels: 1 }, { classes: 2 }),
      );
      equal(speed, 3 * (settings.training.batchSize ?? 32) * multiplyAdds, name);
    }
  });

  it("takes fewer images of a network whose step would take long", async () => {
    const large = { ...settings, preparation: { size: 128 }, handCrafted: ["VGG-16"] as const };
    const { multiplyAdds } = costOf(
      buildHandCrafted("VGG-16", { height: 128, width: 128, channels: 1 }, { classes: 2 }),
    );
    const { handCrafted } = await measureStudySpeed({ ...large, handCrafted: [...large.handCrafted] }, clockOf(1));
    const images = handCrafted.get("VGG-16")! / (3 * multiplyAdds);
    equal(images, Math.floor(1e11 / (3 * multiplyAdds)));
  });
});
