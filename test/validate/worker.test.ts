import { deepEqual, equal } from "node:assert/strict";

import type { EpochRecord } from "../../lib/train/history";
import { formatEpoch } from "../../lib/train/watch-training";
import { watchToTell } from "../../lib/validate/worker";

const record: EpochRecord = {
  ...{ epoch: 1, rate: 0.1, trainingLoss: 0.6, trainingAccuracy: 0.7, gradientNorm: 1 },
  ...{ validationLoss: null, validationAccuracy: null, validationArea: null },
};

describe("watchToTell(tell)", () => {
  it("tells epochs, those of an earlier process too, and lets signals be heard at every step", async () => {
    const told: unknown[] = [];
    const watch = watchToTell((...progress) => told.push(progress));
    watch.begin(4, 8, [record]);
    let heard = false;
    setImmediate(() => (heard = true));
    await watch.step("loss 1");
    equal(heard, true);
    watch.epoch([record, { ...record, epoch: 2 }]);
    watch.end([]);
    deepEqual(told, [
      [1, null, ""],
      [2, null, formatEpoch({ ...record, epoch: 2 })],
    ]);
  });
});
