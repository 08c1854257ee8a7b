import { deepEqual, equal, match, throws } from "node:assert/strict";

import { confusionCounts, measuresOf, type ConfusionCounts } from "../../lib/statistics/confusion";
import type { Measure } from "../../lib/statistics/measure";
import { inference, near } from "./recorded/read";

const { labels, probabilities, confusion, measures } = inference.probabilities;
const counts = (truePositive: number, falsePositive: number, trueNegative: number, falseNegative: number) =>
  ({ truePositive, falsePositive, trueNegative, falseNegative }) satisfies ConfusionCounts;

describe("confusionCounts(labels, probabilities, threshold)", () => {
  it("counts as scikit-learn does", () => {
    const found = confusionCounts(labels, probabilities, 0.5);
    deepEqual([found.trueNegative, found.falsePositive, found.falseNegative, found.truePositive], confusion);
  });

  it("calls malignant what has just the threshold's probability", () => {
    deepEqual(confusionCounts([1, 0, 1], [0.5, 0.5, 0.4], 0.5), counts(1, 1, 0, 1));
    deepEqual(confusionCounts([1, 0], [1, 0.2], Infinity), counts(0, 0, 1, 1));
    deepEqual(confusionCounts([1, 0], [1, 0], 0), counts(1, 1, 0, 0));
  });

  it("refuses other input", () => {
    throws(() => confusionCounts([1], [1.5], 0.5), /expected a number from 0 to 1/);
    throws(() => confusionCounts([1], [NaN], 0.5), /is NaN/);
    throws(() => confusionCounts([2], [0.5], 0.5), /expected 0 or 1/);
    throws(() => confusionCounts([1, 0], [0.5], 0.5), /There are 2 labels for 1 probabilities/);
    throws(() => confusionCounts([1], [0.5], NaN), /The threshold is NaN/);
    throws(() => confusionCounts([], [], 0.5), /There are 0 probabilities/);
  });
});

describe("measuresOf(counts)", () => {
  it("gives what scikit-learn gives", () => {
    const found = measuresOf(confusionCounts(labels, probabilities, 0.5)) as unknown as Record<string, Measure>;
    deepEqual(Object.keys(found).sort(), Object.keys(measures).sort());
    for (const [name, value] of Object.entries(measures)) {
      near(found[name]!.value!, value);
      equal(found[name]!.reason, null);
    }
  });

  it("gives null with a reason where the denominator is 0, and a number elsewhere", () => {
    const absent = (...given: Parameters<typeof counts>) =>
      Object.entries(measuresOf(counts(...given)) as unknown as Record<string, Measure>)
        .filter(([, { value, reason }]) => {
          equal(value === null, reason !== null);
          return value === null;
        })
        .map(([name]) => name);
    deepEqual(absent(0, 2, 3, 0), ["balancedAccuracy", "sensitivity", "mcc"]);
    deepEqual(absent(2, 0, 0, 3), ["balancedAccuracy", "specificity", "mcc"]);
    deepEqual(absent(0, 0, 3, 2), ["precision", "mcc"]);
    deepEqual(absent(3, 2, 0, 0), ["negativePredictiveValue", "mcc"]);
    deepEqual(absent(0, 0, 5, 0), ["balancedAccuracy", "sensitivity", "precision", "f1", "mcc"]);
    equal(absent(0, 0, 0, 0).length, 8);
    match(measuresOf(counts(0, 0, 3, 2)).mcc.reason!, /No sample was called malignant/);
    match(measuresOf(counts(0, 2, 3, 0)).balancedAccuracy.reason!, /no malignant sample/);
  });

  it("tells a true 0 from what is not defined", () => {
    const { precision, f1, mcc } = measuresOf(counts(0, 2, 0, 2));
    deepEqual([precision.value, f1.value, mcc.value], [0, 0, -1]);
  });

  it("refuses what are no counts", () => {
    throws(() => measuresOf(counts(1, -1, 0, 0)), /The count falsePositive is -1/);
    throws(() => measuresOf(counts(0.5, 0, 0, 0)), /The count truePositive is 0.5/);
  });
});
