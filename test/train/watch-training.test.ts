import { deepEqual, equal, match, ok } from "node:assert/strict";

import type { EpochRecord } from "../../lib/train/history";
import { drawTraining, formatEpoch, watchTraining } from "../../lib/train/watch-training";
import { captureBundles, captureOutput } from "../helpers/capture";

const record = (epoch: number, validated = true): EpochRecord => ({
  ...{ epoch, rate: 0.1, trainingLoss: 0.6 / epoch, trainingAccuracy: 0.7, gradientNorm: 1 },
  ...(validated
    ? { validationLoss: 0.5 / epoch, validationAccuracy: 0.75, validationArea: 0.8 }
    : { validationLoss: null, validationAccuracy: null, validationArea: null }),
});

describe("formatEpoch(record)", () => {
  it("writes an epoch as one line, and what is not known not at all", () => {
    equal(
      formatEpoch(record(3)),
      "epoch 3 | loss 0.2000 | accuracy 0.700 | validation loss 0.1667, accuracy 0.750, AUC 0.800",
    );
    equal(formatEpoch(record(1, false)), "epoch 1 | loss 0.6000 | accuracy 0.700");
    ok(!formatEpoch({ ...record(1), validationArea: null }).includes("AUC"));
  });
});

describe("drawTraining(history, title)", () => {
  it("draws each measure over the epochs", () => {
    const { data } = drawTraining([record(1), record(2)], "ResNet-18");
    deepEqual(
      data.map(({ name }) => name),
      ["training loss", "validation loss", "training accuracy", "validation accuracy", "validation AUC"],
    );
    deepEqual((data[0] as { x: number[]; y: number[] }).x, [1, 2]);
    deepEqual((data[1] as { y: number[] }).y, [0.5, 0.25]);
  });

  it("draws no curves of validation where there is none", () => {
    const { data } = drawTraining([record(1, false), record(2, false)], "ResNet-18");
    deepEqual(
      data.map(({ name }) => name),
      ["training loss", "training accuracy"],
    );
  });
});

describe("watchTraining(title)", () => {
  it("prints a bar and a line an epoch", async () => {
    const text = (
      await captureOutput(async () => {
        const watch = watchTraining("plain CNN");
        watch.begin(0, 2, []);
        await watch.step("loss 0.6");
        watch.epoch([record(1)]);
        await watch.step("loss 0.3");
        watch.epoch([record(1), record(2)]);
        watch.end([record(1), record(2)]);
      })
    ).replaceAll("\r\x1b[2K", "");
    match(text, /plain CNN 0\/2/);
    match(text, /epoch 1 \| loss 0\.6000[\s\S]*epoch 2 \| loss 0\.3000[\s\S]*plain CNN 2\/2/);
  });
});

describe("watchTraining(title) in a notebook", () => {
  const shown = captureBundles();
  const watchWith = (curves?: boolean) => {
    const watch = watchTraining("plain CNN", curves);
    watch.begin(0, 2, []);
    watch.epoch([record(1)]);
    watch.end([record(1)]);
    return shown.all().filter((bundle) => "application/vnd.plotly.v1+json" in bundle).length;
  };

  it("draws curves beside its bar", () => {
    equal(watchWith(), 1);
  });

  it("has its bar alone where no curves are wanted", () => {
    equal(watchWith(false), 0);
    match(shown.last()["text/plain"], /plain CNN .*epoch 1/);
  });
});
