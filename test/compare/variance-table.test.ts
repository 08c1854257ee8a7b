import { deepEqual, equal, match, ok, throws } from "node:assert/strict";

import { areaVariance, varianceTable } from "../../lib/compare/variance-table";
import { evaluatePredictions, type Evaluation } from "../../lib/evaluate/evaluation";
import { createRandom } from "../../lib/runtime/random";
import { areaUnderCurve } from "../../lib/statistics/area-under-curve";
import { bootstrapByGroup } from "../../lib/statistics/bootstrap-by-group";
import { examplePredictions } from "./example";

const evaluate = (model: string, options: Parameters<typeof examplePredictions>[1]) =>
  evaluatePredictions(examplePredictions(model, options), { replicates: 10 });

describe("areaVariance(evaluations)", () => {
  it("crosses models, folds and seeds, and finds models that differ most to add most", () => {
    const seeds = [1, 2];
    const found = areaVariance([
      evaluate("good", { skill: 4, seeds }),
      evaluate("bad", { skill: 0.2, seeds, draw: 2 }),
      evaluate("fair", { skill: 1.5, seeds, draw: 3 }),
    ])!;
    deepEqual([found.factors, found.notes], [["model", "fold", "seed"], []]);
    // Seven of models, folds and seeds, and four of patients, alone and with models, seeds and both.
    equal(found.components.length, 11);
    const [model] = found.components;
    ok(found.components.every(({ variance }) => variance <= model!.variance));
    const table = varianceTable(found);
    equal(table[6]!.source, "what is left (model × fold × seed)");
    deepEqual(
      table.slice(7).map(({ source }) => source),
      ["patient", "patient × model", "patient × seed", "patient × model × seed"],
    );
    equal(table[7]!["degrees of freedom"], "many");
    ok(Math.abs(table.reduce((sum, row) => sum + Number(row["share of the variance (%)"]), 0) - 100) <= 4);
  });

  it("gives patients together the variance of one network's area over them, as a bootstrap has it", () => {
    const evaluations = [evaluate("a", { images: 600 }), evaluate("b", { images: 600, draw: 2 })];
    const { components } = areaVariance(evaluations)!;
    const ofPatients = components.filter(({ factors }) => factors.includes("patient"));
    const sum = ofPatients.reduce((all, { variance }) => all + variance, 0);
    const variances = evaluations.flatMap(({ cases, folds }) =>
      folds.map(({ fold }) => {
        const own = cases.filter((one) => one.fold === fold);
        const [scores, labels] = [own.map(({ probability }) => probability), own.map(({ label }) => label)];
        const pick = (list: readonly number[], rows: readonly number[]) => rows.map((row) => list[row]!);
        const { area } = bootstrapByGroup({
          groups: own.map(({ patient }) => patient!),
          random: createRandom(5),
          replicates: 800,
          confidence: 0.6826894921370859,
          statistics: { area: (rows) => areaUnderCurve(pick(scores, rows), pick(labels, rows)) },
        });
        return ((area.high! - area.low!) / 2) ** 2;
      }),
    );
    const mean = variances.reduce((all, one) => all + one / variances.length, 0);
    ok(Math.abs(sum / mean - 1) < 0.15, `${sum} and ${mean}`);
  });

  it("takes off folds what patients add to them: where folds do not differ, nothing is left of them on the average", () => {
    // Two networks see the same of a patient, and add what is their own: by design half the variance within a class is common.
    const random = createRandom(9);
    const sums = { fold: 0, patient: 0, own: 0, held: 0 };
    const rounds = 30;
    for (let round = 0; round < rounds; round++) {
      const common = Array.from({ length: 240 }, () => random.normal());
      const set = (model: string) => ({
        model,
        rows: common.map((shared, index) => {
          const label = index % 3 === 0 ? (1 as const) : (0 as const);
          const logit = 1.6 * label + Math.SQRT1_2 * (shared + random.normal());
          const probability = 1 / (1 + Math.exp(-logit));
          const [id, fold] = [`i${index}`, `fold ${(index % 12) % 4}`];
          return { id, patient: id, label, logit, probability, fold, seed: 1, part: "test" as const };
        }),
      });
      const evaluations: Evaluation[] = ["a", "b"].map((model) => evaluatePredictions(set(model), { replicates: 1 }));
      const variance = (factors: string) =>
        areaVariance(evaluations)!.components.find((one) => one.factors.join(" × ") === factors)!.variance;
      sums.fold += variance("fold");
      sums.patient += variance("patient");
      sums.own += variance("patient × model");
      sums.held += variance("model × fold");
    }
    // What is below 0 counts as 0, so that some is left of folds; most of what they seemed to add is of patients.
    ok(sums.fold < 0.75 * sums.patient, JSON.stringify(sums));
    ok(sums.held < 0.75 * sums.own, JSON.stringify(sums));
    ok(sums.patient > 0.5 * sums.own && sums.patient < 2 * sums.own, JSON.stringify(sums));
  });

  it("says that patients cannot be told apart where models were not tested on the same images", () => {
    const one = evaluate("a", {});
    const other = evaluate("b", { draw: 2 });
    const found = areaVariance([one, { ...other, cases: other.cases.slice(1) }])!;
    match(found.notes.join(" "), /What patients add is part of the other sources/);
    equal(found.components.some(({ factors }) => factors.includes("patient")), false); // prettier-ignore
  });

  it("says of a study with one seed that its seeds are in no number", () => {
    const found = areaVariance([evaluate("a", {}), evaluate("b", { draw: 2 })])!;
    deepEqual(found.factors, ["model", "fold"]);
    match(found.notes[0]!, /one seed: what seeds add to the variance is in no number/);
  });

  it("has nothing to decompose with one factor, and refuses models with other folds", () => {
    equal(areaVariance([evaluate("a", {})]), null);
    const oneFold = ["a", "b"].map((model) => {
      const { folds, ...rest } = evaluate(model, {});
      return { ...rest, folds: folds.slice(0, 1) };
    });
    equal(areaVariance(oneFold), null);
    throws(() => areaVariance([evaluate("a", {}), evaluate("b", { folds: 2 })]), { name: "Problem" });
  });
});
