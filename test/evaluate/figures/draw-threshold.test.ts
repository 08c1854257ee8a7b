import { deepEqual, equal, match, ok } from "node:assert/strict";

import { classStyles } from "../../../lib/display/colors";
import { decide } from "../../../lib/evaluate/decide";
import { evaluatePredictions } from "../../../lib/evaluate/evaluation";
import { drawThreshold, sharesOnGrid } from "../../../lib/evaluate/figures/draw-threshold";
import { measureCases } from "../../../lib/evaluate/measures";
import { makeSamples } from "../../../lib/evaluate/sample";
import { casesOf, examplePredictions } from "../example";

describe("drawThreshold(evaluation)", () => {
  const set = examplePredictions();
  const evaluation = evaluatePredictions(set, { replicates: 100, threshold: { kind: "youden" } });

  it("draws the shares of each class in its colour, and each chosen threshold", () => {
    const { data, layout } = drawThreshold(evaluation);
    const curves = (data as { name?: string; line: { color: string } }[]).filter(({ name }) => name !== undefined);
    deepEqual(
      curves.map(({ name, line }) => [name, line.color]),
      [
        ["sensitivity (malignant)", classStyles.malignant.color],
        ["specificity (benign)", classStyles.benign.color],
      ],
    );
    deepEqual(
      layout.shapes!.map(({ x0 }) => x0),
      evaluation.thresholds.map(({ threshold }) => threshold),
    );
    match((layout.title as { text: string }).text, /greatest Youden index on the validation part/);
  });

  it("leaves out the curve of a class that is not there", () => {
    const rows = set.rows.filter(({ label, part }) => label === 0 || part === "validation");
    const { data } = drawThreshold(evaluatePredictions({ ...set, rows }, { replicates: 100 }));
    deepEqual(
      (data as { name?: string }[]).flatMap(({ name }) => name ?? []),
      ["specificity (benign)"],
    );
  });
});

describe("sharesOnGrid(sample, weights, values)", () => {
  it("gives at each threshold what deciding by it gives", () => {
    const set = examplePredictions();
    const { patients, samples } = makeSamples(decide(set, { kind: "fixed", at: 0.5 }).cases);
    const values = new Float64Array(202);
    sharesOnGrid(samples[0]!, new Uint16Array(patients.length).fill(1), values);
    for (const place of [0, 17, 50, 83, 100]) {
      const measures = measureCases([...decide(set, { kind: "fixed", at: place / 100 }).cases]);
      ok(Math.abs(values[place]! - measures.sensitivity.value!) < 1e-12);
      ok(Math.abs(values[101 + place]! - measures.specificity.value!) < 1e-12);
    }
  });

  it("gives NaN for a class that is not there", () => {
    const values = new Float64Array(202);
    sharesOnGrid(makeSamples(casesOf([0, 0], [0.1, 0.2])).samples[0]!, new Uint16Array(2).fill(1), values);
    ok(values.subarray(0, 101).every((value) => Number.isNaN(value)));
    equal(values[101 + 15], 0.5);
  });
});
