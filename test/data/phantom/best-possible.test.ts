import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { bestPossibleAccuracy } from "../../../lib/data/phantom/best-possible";
import { drawFeatures, likelihoodRatioOf } from "../../../lib/data/phantom/features";
import { createRandom } from "../../../lib/runtime/random";

const best = (difficulty: number, malignant = 0.5) =>
  bestPossibleAccuracy({ difficulty, malignant, random: createRandom(1), samples: 8000 });

describe("bestPossibleAccuracy(options)", () => {
  it("is below 1 at difficulty 0 and falls to chance at 1, as the documentation says", () => {
    const [easy, middle, hard] = [best(0), best(0.5), best(1)];
    ok(Math.abs(easy.accuracy - 0.965) < 0.01, String(easy.accuracy));
    ok(Math.abs(middle.accuracy - 0.85) < 0.015, String(middle.accuracy));
    ok(Math.abs(hard.accuracy - 0.5) < 1e-9 && Math.abs(hard.auc - 0.5) < 1e-9);
    ok(easy.auc > middle.auc && middle.auc > 0.9 && easy.auc < 1);
  });

  it("falls with every step of the difficulty", () => {
    const steps = [0, 0.2, 0.4, 0.6, 0.8, 1].map((difficulty) => best(difficulty).accuracy);
    steps.slice(1).forEach((accuracy, index) => {
      ok(accuracy < steps[index]! - 0.01, steps.join(", "));
    });
  });

  it("is what counting right decisions and ordered pairs gives, within their standard errors", () => {
    const difficulty = 0.5;
    const ratioOf = likelihoodRatioOf(difficulty);
    const ratios = [false, true].map((isMalignant) => {
      const random = createRandom(77).split(String(isMalignant));
      return Array.from({ length: 1500 }, () => ratioOf(drawFeatures(isMalignant, difficulty, random)));
    }) as [number[], number[]];
    const right = ratios[0].filter((ratio) => ratio < 0).length + ratios[1].filter((ratio) => ratio > 0).length;
    const { accuracy, accuracyError, auc, aucError } = best(difficulty);
    const counted = right / 3000;
    ok(Math.abs(counted - accuracy) < 4 * Math.hypot(accuracyError, Math.sqrt((counted * (1 - counted)) / 3000)));
    const ordered = ratios[1].reduce((sum, high) => sum + ratios[0].filter((low) => low < high).length, 0) / 1500 ** 2;
    ok(Math.abs(ordered - auc) < 4 * aucError * Math.hypot(1, Math.sqrt(4000 / 1500)), `${ordered}, ${auc}`);
  });

  it("states standard errors that fit the spread of repetitions", () => {
    const repeated = Array.from({ length: 60 }, (_, index) =>
      bestPossibleAccuracy({ difficulty: 0.5, samples: 300, random: createRandom(1).split(index) }),
    );
    for (const [value, error] of [
      ["accuracy", "accuracyError"],
      ["auc", "aucError"],
    ] as const) {
      const mean = repeated.reduce((sum, result) => sum + result[value], 0) / 60;
      const spread = Math.sqrt(repeated.reduce((sum, result) => sum + (result[value] - mean) ** 2, 0) / 59);
      const stated = repeated.reduce((sum, result) => sum + result[error], 0) / 60;
      ok(stated > 0.7 * spread && stated < 1.4 * spread, `${value}: ${stated}, ${spread}`);
    }
  });

  it("is at least the share of the larger class, and 1 where there is just one", () => {
    ok(Math.abs(best(1, 0.2).accuracy - 0.8) < 1e-9);
    ok(best(0.5, 0.2).accuracy > best(0.5).accuracy);
    equal(best(0.5, 0).accuracy, 1);
    equal(best(0.5, 1).accuracy, 1);
    equal(best(0.5, 1).auc, best(0.5).auc);
  });

  it("gives the same for the same seed", () => {
    deepEqual(best(0.3), best(0.3));
  });

  it("refuses settings outside their range, by name", () => {
    const random = createRandom(1);
    throws(() => bestPossibleAccuracy({ random, difficulty: 2 }), /difficulty: 2, expected a number from 0 to 1/);
    throws(() => bestPossibleAccuracy({ random, malignant: NaN }), /malignant: NaN/);
    throws(() => bestPossibleAccuracy({ random, samples: 10 }), /samples: 10, expected a whole number from 100/);
    throws(() => bestPossibleAccuracy({ random, sample: 10 } as never), /Did you mean "samples"/);
  });
});
