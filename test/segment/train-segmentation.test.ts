import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import { join } from "node:path";

import { Problem } from "../../lib/runtime/problem";
import { Interrupted } from "../../lib/runs/exit-codes";
import { hearSignals } from "../../lib/runs/stop";
import type { SegmentationImages } from "../../lib/segment/segmentation-learner";
import type { SegmentationOptions } from "../../lib/segment/segmentation-options";
import type { SegmentationRecord } from "../../lib/segment/segmentation-record";
import { loadSegmentation, trainSegmentation } from "../../lib/segment/train-segmentation";
import type { TrainingWatch } from "../../lib/train/watch-training";
import { temporaryFolder } from "../helpers/temporary";
import { hashWeights } from "../train/helpers";
import { quickly, tinyImages } from "./helpers";

/** Sends this process a signal after some steps, as a person would. */
function stopAfter(steps: number): TrainingWatch<SegmentationRecord> {
  let left = steps;
  return {
    begin: () => undefined,
    step() {
      left -= 1;
      if (left === 0) process.kill(process.pid, "SIGTERM");
      return hearSignals();
    },
    epoch: () => undefined,
    end: () => undefined,
  };
}

describe("trainSegmentation(folder, task)", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let images: SegmentationImages;
  before(async () => {
    images = await tinyImages();
  });
  const train = (name: string, options: SegmentationOptions = {}, watch: ReturnType<typeof stopAfter> | null = null) =>
    trainSegmentation(join(folder.path, name), { images, options: { ...quickly, ...options }, watch });

  it("learns the outlines of phantoms, and loads what it has learned", async () => {
    const trained = await train("learns", { epochs: 12, keep: "dice" });
    const { history, keptEpoch, seen } = trained;
    ok(history.at(-1)!.trainingLoss < 0.7 * history[0]!.trainingLoss);
    const dice = history.map(({ validationDice }) => validationDice!);
    ok(Math.max(...dice) > 0.6, JSON.stringify(dice));
    equal(keptEpoch, dice.indexOf(Math.max(...dice)) + 1);
    deepEqual(seen, [...images.train, ...images.validation]);
    const again = loadSegmentation(join(folder.path, "learns"));
    equal(hashWeights(again.weights), hashWeights(trained.weights));
    deepEqual(again.normalisation, trained.normalisation);
    for (const { weights } of [trained, again]) weights.dispose();
  });

  it("goes on in the middle of an epoch to the bit as if it had not stopped, and does what is done not again", async () => {
    const options: SegmentationOptions = { weightAverage: 0.9, augment: { rotation: 10, shift: 2 }, keep: "dice" };
    const whole = await train("whole", options);
    for (const steps of [3, 2]) await rejects(train("parts", options, stopAfter(steps)), Interrupted);
    const parts = await train("parts", options);
    equal(hashWeights(parts.weights), hashWeights(whole.weights));
    deepEqual(parts.history, whole.history);
    const again = await train("parts", options, stopAfter(1));
    equal(hashWeights(again.weights), hashWeights(whole.weights));
    for (const { weights } of [whole, parts, again]) weights.dispose();
  });

  it("refuses a folder of another task, one that is not done, and what does not fit", async () => {
    const trained = await train("taken", { epochs: 1 });
    trained.weights.dispose();
    await rejects(train("taken", { epochs: 2 }), Problem);
    await rejects(train("size", { preparation: { size: 64 } }), /32 × 32/);
    const task = { images: { ...images, validation: [] }, options: { ...quickly, keep: "dice" as const } };
    await rejects(trainSegmentation(join(folder.path, "none"), task), /no validation images/);
    await rejects(train("begun", {}, stopAfter(1)), Interrupted);
    throws(() => loadSegmentation(join(folder.path, "begun")), /not done/);
  });
});
