import { deepEqual, equal, ok } from "node:assert/strict";

import {
  drawFeatures,
  featureDistributions,
  featureNames,
  likelihoodRatioOf,
  type LesionFeatures,
} from "../../../lib/data/phantom/features";
import { createRandom } from "../../../lib/runtime/random";

const drawMany = (isMalignant: boolean, difficulty: number, count = 1500) =>
  Array.from({ length: count }, (_, index) =>
    drawFeatures(isMalignant, difficulty, createRandom(1).split(String(isMalignant)).split(index)),
  );

/** The two-sample statistic of Kolmogorov and Smirnov: the largest distance of the two shares below a value. */
function largestDistance(first: number[], second: number[]): number {
  const shareBelow = (list: number[], value: number) => list.filter((other) => other <= value).length / list.length;
  return Math.max(...first.map((value) => Math.abs(shareBelow(first, value) - shareBelow(second, value))));
}

describe("drawFeatures(isMalignant, difficulty, random)", () => {
  const [benign, malignant] = [drawMany(false, 0), drawMany(true, 0)];

  it("gives malignant ones what radiologists look for: larger, taller, irregular, spiculated, blurred, in a shadow", () => {
    const mean = (list: LesionFeatures[], name: keyof LesionFeatures) =>
      list.reduce((sum, features) => sum + features[name], 0) / list.length;
    const signs = {
      radius: 1,
      aspect: 1,
      irregularity: 1,
      spiculation: 1,
      blur: 1,
      halo: 1,
      contrast: -1,
      texture: 1,
      posterior: -1,
    };
    for (const name of featureNames) ok((mean(malignant, name) - mean(benign, name)) * signs[name] > 0, name);
  });

  it("lets the classes overlap in every feature, so that no rule is always right", () => {
    for (const name of featureNames) {
      const range = (list: LesionFeatures[]) => {
        const values = list.map((features) => features[name]).sort((low, high) => low - high);
        return [values[75]!, values[1425]!] as const;
      };
      const [[low, high], [otherLow, otherHigh]] = [range(benign), range(malignant)];
      ok(low < otherHigh && otherLow < high, name);
    }
  });

  it("makes the classes alike where the difficulty is 1, and only there", () => {
    // The value that chance exceeds once in a thousand, for two samples of 600.
    const threshold = 1.95 * Math.sqrt(2 / 600);
    for (const difficulty of [0, 1]) {
      const [first, second] = [drawMany(false, difficulty, 600), drawMany(true, difficulty, 600)];
      for (const name of featureNames) {
        const distance = largestDistance(
          first.map((features) => features[name]),
          second.map((features) => features[name]),
        );
        equal(distance > threshold, difficulty === 0, `${name} at ${difficulty}: ${distance}`);
      }
    }
  });
});

describe("featureDistributions(isMalignant, difficulty)", () => {
  it("moves both classes to their middle", () => {
    const [benign, malignant] = [false, true].map((isMalignant) => featureDistributions(isMalignant, 0)) as [
      ReturnType<typeof featureDistributions>,
      ReturnType<typeof featureDistributions>,
    ];
    const middle = (benign.aspect.mean + malignant.aspect.mean) / 2;
    for (const isMalignant of [false, true]) {
      const { mean, deviation } = featureDistributions(isMalignant, 1).aspect;
      ok(Math.abs(mean - middle) < 1e-12);
      ok(Math.abs(deviation - (benign.aspect.deviation + malignant.aspect.deviation) / 2) < 1e-12);
    }
    const half = featureDistributions(true, 0.5).aspect.mean;
    ok(half < malignant.aspect.mean && half > middle);
  });

  it("keeps the ranges, so that no feature outside of one class's range gives the other away", () => {
    for (const name of featureNames) {
      const [first, second] = [featureDistributions(false, 0)[name], featureDistributions(true, 0.3)[name]];
      deepEqual([first.low, first.high], [second.low, second.high]);
    }
  });
});

describe("likelihoodRatioOf(difficulty)", () => {
  it("tells the classes apart at difficulty 0 and says nothing at 1", () => {
    const ratioOf = likelihoodRatioOf(0);
    const right = [false, true].map(
      (isMalignant) => drawMany(isMalignant, 0, 400).filter((features) => ratioOf(features) > 0 === isMalignant).length,
    );
    ok(right[0]! > 370 && right[1]! > 370 && right[0]! + right[1]! < 800, right.join(", "));
    for (const features of drawMany(true, 1, 20)) ok(Math.abs(likelihoodRatioOf(1)(features)) < 1e-9);
  });

  it("is a ratio of densities: its exponential has a mean of 1 among benign ones", () => {
    const ratioOf = likelihoodRatioOf(0.6);
    const ratios = drawMany(false, 0.6, 6000).map((features) => Math.exp(ratioOf(features)));
    const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
    const error = Math.sqrt(ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0)) / ratios.length;
    ok(Math.abs(mean - 1) < 4 * error && error < 0.1, `${mean} ± ${error}`);
  });
});
