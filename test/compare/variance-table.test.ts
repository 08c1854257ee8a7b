import { deepEqual, equal, match, ok, throws } from "node:assert/strict";

import { areaVariance, varianceTable } from "../../lib/compare/variance-table";
import { evaluatePredictions } from "../../lib/evaluate/evaluation";
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
    equal(found.components.length, 7);
    const [model] = found.components;
    ok(found.components.every(({ variance }) => variance <= model!.variance));
    const table = varianceTable(found);
    equal(table[6]!.source, "what is left (model × fold × seed)");
    ok(Math.abs(table.reduce((sum, row) => sum + Number(row["share of the variance (%)"]), 0) - 100) <= 4);
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
