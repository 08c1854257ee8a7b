import { deepEqual, equal, match, ok, throws } from "node:assert/strict";

import { judgePrimary, type PrimaryOptions } from "../../lib/compare/primary-endpoint";
import type { PredictionSet } from "../../lib/evaluate/predictions";
import { areaUnderCurve } from "../../lib/statistics/area-under-curve";
import { examplePredictions, setOf } from "./example";

const options = { found: "ENAS", reference: "plain CNN" } satisfies PrimaryOptions;
const judge = (found: PredictionSet, reference: PredictionSet, more: Partial<PrimaryOptions> = {}) =>
  judgePrimary([{ ...found, model: "ENAS" }, examplePredictions("other"), { ...reference, model: "plain CNN" }], {
    ...options,
    ...more,
  });

describe("judgePrimary(sets, options)", () => {
  const good = examplePredictions("a", { images: 600, skill: 2 });

  it("compares means over views within folds, each fold by its pairs", () => {
    const { found, patients, malignant, folds } = judge(good, examplePredictions("b", { images: 600, draw: 2 }));
    deepEqual([patients, malignant, folds], [300, 100, 3]);
    let [right, pairs] = [0, 0];
    for (const fold of ["fold 1", "fold 2", "fold 3"]) {
      const rows = good.rows.filter((row) => row.fold === fold && row.part === "test");
      const views = new Map<string, { label: number; scores: number[] }>();
      for (const { patient, label, probability } of rows) {
        const own = views.get(patient!) ?? { label, scores: [] };
        own.scores.push(probability);
        views.set(patient!, own);
      }
      const all = [...views.values()];
      const labels = all.map(({ label }) => label);
      const ones = labels.filter((label) => label === 1).length;
      const here = ones * (labels.length - ones);
      pairs += here;
      right += here * areaUnderCurve(all.map(({ scores }) => scores.reduce((a, b) => a + b) / scores.length), labels); // prettier-ignore
    }
    ok(Math.abs(found.value - right / pairs) < 1e-12);
  });

  it("tells better from worse, equivalent and what cannot be told, and says each in a sentence", () => {
    const bad = examplePredictions("b", { images: 600, skill: 0.3, draw: 2 });
    const ahead = judge(good, bad);
    equal(ahead.verdict, "better");
    match(
      ahead.sentence,
      /^Primary endpoint: over 300 patients, 100 with a malignant lesion, .* \(95 %\): ENAS is better\.$/,
    );
    equal(judge(bad, good).verdict, "worse");
    const near = { ...good, rows: good.rows.map((row, index) => ({ ...row, probability: row.probability * (1 - 1e-4 * (index % 3)) })) }; // prettier-ignore
    const equivalent = judge(good, near);
    equal(equivalent.verdict, "equivalent within the margin");
    match(equivalent.sentence, /the two are equivalent: they differ by less than 0\.01\.$/);
    const open = judge(examplePredictions("a"), examplePredictions("b", { draw: 5 }));
    equal(open.verdict, "cannot be told");
    ok(open.power!.detectable > 0.01 && open.power!.casesForMargin > 1 && open.equivalence!.p > 0.05);
    equal(judge(examplePredictions("a"), examplePredictions("b", { draw: 5 }), { margin: 0.9 }).equivalent, true);
  });

  it("is equivalent to a copy of itself, without an interval", () => {
    const { verdict, low, power, notes, difference } = judge(good, good);
    deepEqual([verdict, difference, low, power], ["equivalent within the margin", 0, null, null]);
    match(notes.join(" "), /fares alike/);
  });

  it("says what the interval leaves out, and holds the seeds where there are several", () => {
    const several = (draw: number) => examplePredictions("x", { images: 300, seeds: [1, 2, 3], draw });
    const { found, notes } = judge(several(1), several(2));
    deepEqual([found.seeds, notes], [3, []]);
    ok(found.low! < found.value && found.value < found.high!);
    match(
      judge(good, examplePredictions("b", { images: 600, draw: 2 })).notes[0]!,
      /One seed of plain CNN and of ENAS/,
    );
  });

  it("says which rule is taken for patients with both classes, in several folds, and for folds with one class", () => {
    const labels = [0, 1, 0, 1, 0, 1, 0, 1, 1, 1];
    const odd = (model: string, turn: number) =>
      setOf(model, labels, labels.map((label, index) => (index === turn ? 0.5 : 0.2 + 0.5 * label + index / 100)), (_, index) => ({
        // The first two are views of one patient; the seventh has another view in the other fold; the last fold has one class.
        patient: index < 2 ? "p0" : index === 7 ? "p6" : `p${index}`,
        fold: index < 7 ? "fold 1" : index === 7 ? "fold 2" : "fold 3",
      })); // prettier-ignore
    const { notes, patients, malignant } = judge(odd("a", 3), odd("b", 4));
    deepEqual([patients, malignant], [8, 6]);
    match(notes.join("\n"), /2 of 8 patients have benign and malignant images: they count as malignant/);
    match(notes.join("\n"), /1 of 8 patients are tested in several folds/);
    match(notes.join("\n"), /Nothing can be compared in fold 2, fold 3/);
  });

  it("cannot tell with one patient of a class, and says why", () => {
    const set = (model: string, scores: number[]) => setOf(model, [0, 0, 1], scores);
    const { verdict, notes, low } = judge(set("a", [0.1, 0.2, 0.9]), set("b", [0.3, 0.6, 0.5]));
    deepEqual([verdict, low], ["cannot be told", null]);
    match(notes.join(" "), /one group only/);
  });

  it("refuses a model that is not there, and options that cannot be such", () => {
    throws(() => judgePrimary([good], options), { name: "Problem", message: /no model "ENAS"/ });
    throws(() => judge(good, good, { margin: 0 }), { name: "Problem", message: /margin: 0/ });
    throws(() => judge(good, good, { margn: 0.1 } as object), /Did you mean "margin"/);
  });
});
