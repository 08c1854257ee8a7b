import { deepEqual, equal, match } from "node:assert/strict";

import type { EpochRecord } from "../../lib/train/history";
import { formatEpoch } from "../../lib/train/watch-training";
import { serveUnit, watchForParent, type UnitMessage } from "../../lib/validate/worker";
import { temporaryFolder } from "../helpers/temporary";

const record: EpochRecord = {
  ...{ epoch: 1, rate: 0.1, trainingLoss: 0.6, trainingAccuracy: 0.7, gradientNorm: 1 },
  ...{ validationLoss: null, validationAccuracy: null, validationArea: null },
};

describe("watchForParent(send)", () => {
  it("tells epochs, those of an earlier process too, and lets signals be heard at every step", async () => {
    const sent: UnitMessage[] = [];
    const watch = watchForParent((message) => sent.push(message));
    watch.begin(4, 8, [record]);
    let heard = false;
    setImmediate(() => (heard = true));
    await watch.step("loss 1");
    equal(heard, true);
    watch.epoch([record, { ...record, epoch: 2 }]);
    watch.end([]);
    deepEqual(sent, [
      { kind: "epochs", epochs: 1, note: "" },
      { kind: "epochs", epochs: 2, note: formatEpoch({ ...record, epoch: 2 }) },
    ]);
  });
});

describe("serveUnit(folder, number, send)", () => {
  const folder = temporaryFolder();

  it("says why it cannot begin, and gives the exit code for it", async () => {
    const sent: UnitMessage[] = [];
    equal(await serveUnit(folder.path, 1, (message) => sent.push(message)), 64);
    equal(sent.length, 1);
    const [only] = sent;
    match(only?.kind === "error" ? only.message : "", /has no plan.json/);
  });
});
