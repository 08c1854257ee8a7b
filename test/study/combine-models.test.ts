import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { rmSync } from "node:fs";

import { comparisonRows } from "../../lib/compare/comparison-rows";
import { readPredictions } from "../../lib/evaluate/prediction-file";
import { combineModels, type CombinedModel } from "../../lib/study/combine-models";
import { gatherModels } from "../../lib/study/gather-models";
import { fuseWithBox } from "../../lib/evaluate/mean-predictions";
import { requireBoxes } from "../../lib/study/training-parts";
import { countDone } from "../../lib/study/study-progress";
import { readValidation } from "../../lib/validate/read-validation";
import { fillTrainingParts, filledStudy } from "./helpers";

describe("combineModels(study, networks, validation)", function () {
  this.timeout(60_000);
  const made = filledStudy();
  const combine = { folds: true, box: true, parts: 2 };
  const study = () => ({ ...made.study, settings: { ...made.study.settings, combine } });
  const validation = () => readValidation(made.study.path("validation", "found"));
  before(() => {
    fillTrainingParts(made.study, 2);
  });

  it("gives every network the same combinations, tested on the same images as the network itself", () => {
    const found = combineModels(study(), "found", validation());
    deepEqual(
      found.map(({ base, predictions }) => [base, predictions.model]),
      [
        ["ENAS", "ENAS, 2 parts"],
        ["ENAS", "ENAS, 2 parts and box"],
        ["random 1", "random 1, 2 parts"],
        ["random 1", "random 1, 2 parts and box"],
      ],
    );
    const tested = (rows: readonly { fold: string; id: string; seed: number; part: string }[]) =>
      rows.flatMap(({ fold, id, seed, part }) => (part === "test" ? [`${fold} ${seed} ${id}`] : [])).sort();
    for (const { predictions } of found)
      deepEqual(tested(predictions.rows), tested(validation().models[0]!.predictions.rows));
  });

  it("takes the mean of what the networks of a fold's parts said, as their files have it", () => {
    const [{ predictions }] = combineModels(study(), "found", validation()) as [
      ReturnType<typeof combineModels>[number],
    ];
    const said = [1, 2].map((part) => {
      const place = made.study.path("parts/found/units/enas", `fold-2-part-${part}-seed-1`, "predictions.csv");
      return new Map(readPredictions(place, "ENAS").rows.map(({ id, logit }) => [id, logit!]));
    });
    const rows = predictions.rows.filter(({ fold }) => fold === "fold 2");
    ok(rows.length > 10);
    for (const { id, logit } of rows) ok(Math.abs(logit! - (said[0]!.get(id)! + said[1]!.get(id)!) / 2) < 1e-12);
  });

  it("costs as much as all of its networks, and stands in the table with their number", async () => {
    const models = await gatherModels(study(), { replicates: 100 });
    const rows = comparisonRows(models);
    const of = (name: string) => rows.find(({ model }) => model === name)!;
    const [one, both] = [of("CNN3"), of("CNN3, 2 parts and box")];
    equal(both.kind, "ensemble");
    equal(both.networks, 2);
    match(both.note!, /box, which somebody has drawn/);
    equal(both.parameters, 2 * one.parameters!);
    equal(both.multiplyAdds, 2 * one.multiplyAdds!);
    equal(both.trainSeconds, 2 * one.trainSeconds!, "two folds of two parts of 4 seconds");
    equal(one.networks, undefined);
    equal(rows.length, 4 * 3 + 3);
  });

  it("averages over seeds, validation parts too", () => {
    const own = { ...made.study.settings, seeds: [1, 2], combine: { seeds: true } };
    const one = validation();
    const [model] = one.models;
    const again = model!.predictions.rows.map((row) => ({ ...row, seed: 2, logit: row.logit! + 2 }));
    const rows = [...model!.predictions.rows, ...again];
    const both = {
      ...{ ...one, plan: { ...one.plan, seeds: [1, 2] } },
      models: [{ ...model!, predictions: { ...model!.predictions, rows } }],
    };
    const [combined, ...others] = combineModels({ ...made.study, settings: own }, "found", both);
    deepEqual(others, []);
    equal(combined!.predictions.model, "ENAS, 2 seeds");
    const first = model!.predictions.rows.find(({ part }) => part === "validation")!;
    const mean = combined!.predictions.rows.find(({ id, fold }) => id === first.id && fold === first.fold)!;
    ok(Math.abs(mean.logit! - (first.logit! + 1)) < 1e-12);
    equal(combined!.predictions.rows.length, model!.predictions.rows.length);
  });

  it("chooses thresholds on what is held back where the study has inner folds, and fits the box to other parts for it", () => {
    const settings = { ...made.study.settings, combine, innerFolds: 2, learnFromValidation: true };
    const inner = { ...made.study, settings };
    const [parts, box] = combineModels(inner, "found", validation()) as [CombinedModel, CombinedModel];
    const file = (part: number) =>
      readPredictions(
        made.study.path("parts/found/units/enas", `fold-2-part-${part}-seed-1`, "predictions.csv"),
        "ENAS",
      ).rows.filter((row) => row.part === "validation");
    const heldOf = ({ predictions }: CombinedModel) =>
      predictions.rows.filter((row) => row.part === "validation" && row.fold === "fold 2");
    deepEqual([parts.predictions.heldBack, box.predictions.heldBack], ["inner folds", "inner folds"]);
    deepEqual(
      heldOf(parts).map(({ id, logit }) => [id, logit]),
      [1, 2].flatMap((part) => file(part).map(({ id, logit }) => [id, logit])),
    );
    deepEqual(heldOf(box).map(({ id }) => id), heldOf(parts).map(({ id }) => id)); // prettier-ignore
    // What part 1 says with the box does not change with the labels of part 1.
    const boxes = requireBoxes(inner);
    const expected = fuseWithBox(file(2), file(1), boxes);
    const own = new Map(heldOf(box).map(({ id, logit }) => [id, logit!]));
    for (const { id, logit } of expected) ok(Math.abs(own.get(id)! - logit!) < 1e-12);
    // What is tested is as it is without inner folds.
    const tested = (models: readonly CombinedModel[]) =>
      models.map(({ predictions }) => predictions.rows.filter(({ part }) => part === "test"));
    deepEqual(
      tested(combineModels(inner, "found", validation())),
      tested(combineModels(study(), "found", validation())),
    );
  });

  it("counts the networks of parts among what is to be done", () => {
    deepEqual(countDone(study()), { done: 13 + 4 * 2 * 2, total: 13 + 4 * 2 * 2 });
  });

  it("gives nothing where nothing is combined, and names the notebook where networks are missing", () => {
    deepEqual(combineModels(made.study, "found", validation()), []);
    rmSync(made.study.path("parts", "found"), { recursive: true });
    throws(() => combineModels(study(), "found", validation()), /no networks of the parts .* Run 05_train_the_winner/s);
  });
});
