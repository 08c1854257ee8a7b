import { equal } from "node:assert/strict";

import { alignPredictions } from "../../lib/compare/align";
import { comparedMeasures, differenceOfRows, measureOfRows } from "../../lib/compare/measure-rows";
import { evaluatePredictions } from "../../lib/evaluate/evaluation";
import { examplePredictions, setOf } from "./example";

const options = { threshold: { kind: "fixed", at: 0.5 }, unit: "images" } as const;

describe("measureOfRows(alignment, model, measure)", () => {
  it("gives what the evaluation gives, of all cases and as a mean over seeds", () => {
    const set = examplePredictions("a", { images: 60, seeds: [1, 2] });
    const alignment = alignPredictions([set, examplePredictions("b", { images: 60, draw: 2 })], options);
    const { measures } = evaluatePredictions(set, { replicates: 100 }).pooled;
    const all = alignment.labels.map((_, row) => row);
    for (const measure of comparedMeasures) {
      const value = measureOfRows(alignment, alignment.models[0]!, measure)(all)!;
      equal(value.toFixed(12), measures[measure].value!.toFixed(12), measure);
    }
  });

  it("is not defined without a class", () => {
    const alignment = alignPredictions([setOf("a", [0, 1], [0, 1]), setOf("b", [0, 1], [1, 0])], options);
    equal(measureOfRows(alignment, alignment.models[0]!, "areaUnderCurve")([0, 0]), null);
    equal(measureOfRows(alignment, alignment.models[0]!, "accuracy")([0, 0]), 1);
  });
});

describe("differenceOfRows(alignment, reference, other, measure)", () => {
  it("is other minus reference", () => {
    const alignment = alignPredictions([setOf("a", [0, 1, 1], [0, 1, 1]), setOf("b", [0, 1, 1], [1, 1, 0])], options);
    const [a, b] = [alignment.models[0]!, alignment.models[1]!];
    equal(differenceOfRows(alignment, a, b, "accuracy")([0, 1, 2]), 1 / 3 - 1);
    equal(differenceOfRows(alignment, b, a, "accuracy")([0, 1, 2]), 1 - 1 / 3);
    equal(differenceOfRows(alignment, a, b, "sensitivity")([0, 0]), null);
  });
});
