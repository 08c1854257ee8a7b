import { deepEqual, equal } from "node:assert/strict";

import {
  drawSegmentationTraining,
  formatSegmentation,
  watchSegmentation,
  type SegmentationRecord,
} from "../../lib/segment/segmentation-record";
import { captureOutput } from "../helpers/capture";

const record: SegmentationRecord = {
  ...{ epoch: 3, rate: 0.1, trainingLoss: 0.42131, trainingDice: 0.8124, gradientNorm: 1 },
  ...{ validationLoss: 0.44021, validationDice: 0.7981 },
};
const unknown = { ...record, validationLoss: null, validationDice: null };

describe("formatSegmentation(record)", () => {
  it("writes an epoch as one line, and what is not known not at all", () => {
    equal(formatSegmentation(record), "epoch 3 | loss 0.4213 | Dice 0.812 | validation loss 0.4402, Dice 0.798");
    equal(formatSegmentation(unknown), "epoch 3 | loss 0.4213 | Dice 0.812");
  });
});

describe("drawSegmentationTraining(history, title)", () => {
  it("draws losses and Dice coefficients over the epochs, those of validation where there are any", () => {
    const { data } = drawSegmentationTraining([record, { ...record, epoch: 4 }], "U-Net");
    deepEqual(
      (data as { name: string; x: number[]; y: number[] }[]).map(({ name, x, y }) => [name, x, y]),
      [
        ["training loss", [3, 4], [0.42131, 0.42131]],
        ["validation loss", [3, 4], [0.44021, 0.44021]],
        ["training Dice", [3, 4], [0.8124, 0.8124]],
        ["validation Dice", [3, 4], [0.7981, 0.7981]],
      ],
    );
    equal(drawSegmentationTraining([unknown], "U-Net").data.length, 2);
  });
});

describe("watchSegmentation(title)", () => {
  it("prints a line an epoch", async () => {
    const text = await captureOutput(async () => {
      const watch = watchSegmentation("U-Net");
      watch.begin(0, 1, []);
      await watch.step("");
      watch.epoch([record]);
      watch.end([record]);
    });
    equal(text.includes(formatSegmentation(record)), true);
  });
});
