import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { rmSync } from "node:fs";

import { gatherModels, type GatheredModel } from "../../lib/study/gather-models";
import { filledStudy } from "./helpers";

describe("gatherModels(study, options)", () => {
  const made = filledStudy();
  let models: readonly GatheredModel[];
  before(async () => {
    models = await gatherModels(made.study, { replicates: 200 });
  });

  it("has the found network first, then controls, hand-crafted ones and trivial baselines", () => {
    deepEqual(
      models.map(({ evaluation, kind }) => [evaluation.model, kind]),
      [
        ["ENAS", "found"],
        ["random 1", "control"],
        ["plain CNN", "hand-crafted"],
        ["CNN3", "hand-crafted"],
        ...models.slice(4).map(({ evaluation }) => [evaluation.model, "trivial"]),
      ],
    );
    equal(models.length, 7, "three baselines, for the phantoms have masks");
  });

  it("has predictions of the same test images from every model, of the study's folds alone", () => {
    const tested = ({ predictions }: GatheredModel) =>
      predictions.rows.flatMap(({ id, fold, part }) => (part === "test" ? [`${fold} ${id}`] : [])).sort();
    const expected = made.study.split.folds
      .slice(0, 2)
      .flatMap(({ name, test }) => test.map((id) => `${name} ${id}`))
      .sort();
    for (const model of models) deepEqual(tested(model), expected, model.evaluation.model);
  });

  it("adds the times of all units of a model up, and takes the most memory of one", () => {
    for (const { trainSeconds, peakMegabytes, cost } of models.slice(0, 4)) {
      equal(trainSeconds, 8, "two folds of 4 seconds");
      equal(peakMegabytes, 300);
      ok(cost!.parameters > 0 && cost!.latency.every(({ medianMs }) => medianMs > 0));
    }
  });

  it("counts the time of the search for the found network alone", () => {
    const [found, ...others] = models;
    ok(found!.searchSeconds! >= 0);
    ok(others.every(({ searchSeconds }) => searchSeconds === null));
  });

  it("knows no cost of what is no network", () => {
    for (const { cost, input, trainSeconds, peakMegabytes } of models.slice(4))
      deepEqual([cost, input, trainSeconds, peakMegabytes], [null, null, null, null]);
  });

  it("names the notebook that is to be run where a cross-validation is missing", async () => {
    const { study } = made;
    // The last test: it takes away what the others read.
    rmSync(study.path("validation", "hand-crafted"), { recursive: true });
    await rejects(gatherModels(study), /no cross-validation of its hand-crafted networks\..*06_hand_crafted_networks/s);
    rmSync(study.path("validation", "found"), { recursive: true });
    await rejects(gatherModels(study), /no cross-validation of its found networks\..*05_train_the_winner/s);
  });
});
