import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { alignPredictions } from "../../lib/compare/align";
import { evaluatePredictions } from "../../lib/evaluate/evaluation";
import { operatingPointTable } from "../../lib/evaluate/evaluation-table";
import { chooseThreshold } from "../../lib/statistics/choose-threshold";
import { withInnerFolds } from "../../lib/study/inner-folds";
import type { Split } from "../../lib/data/split/split";
import type { Study } from "../../lib/study/open-study";
import { planTrainingParts } from "../../lib/study/training-parts";
import { handCraftedPlan } from "../../lib/study/validation-plans";
import { differencesOf } from "../../lib/train/predict";
import { loadUnit } from "../../lib/validate/load-unit";
import { predictTrained } from "../../lib/validate/predict-trained";
import type { GivenPlan } from "../../lib/validate/plan";
import { readValidation, type Validation } from "../../lib/validate/read-validation";
import { runPlan } from "../../lib/validate/run-plan";
import { smokeStudy } from "./helpers";

describe("withInnerFolds(study, networks, validation)", function () {
  this.timeout(300_000);
  const folder = { path: "" };
  let study: Study;
  let plan: GivenPlan;
  let outer: Validation;
  let joined: Validation;

  // Six trainings of one epoch, done once.
  before(async () => {
    folder.path = mkdtempSync(join(tmpdir(), "sononas test "));
    const plain = await smokeStudy(folder.path);
    const training = { ...plain.settings.training, epochs: 1 };
    const settings = { ...plain.settings, handCrafted: ["CNN3"], folds: [1, 2], training } as const;
    study = { ...plain, settings: { ...settings, learnFromValidation: true, innerFolds: 2 } };
    plan = handCraftedPlan(study);
    await runPlan(study.path("validation/hand-crafted"), plan);
    throws(() => withInnerFolds(study, "handCrafted", readValidation(study.path("validation/hand-crafted"))), {
      name: "Problem",
      message: /not been trained on inner folds yet\. Run 06_hand_crafted_networks/,
    });
    await runPlan(study.path("parts/hand-crafted"), planTrainingParts(study, plan, 2));
    outer = readValidation(study.path("validation/hand-crafted"));
    joined = withInnerFolds(study, "handCrafted", outer);
  });

  after(() => {
    rmSync(folder.path, { recursive: true, force: true });
  });

  const learnedOf = (name: string) => {
    const fold = study.split.folds.find((one) => one.name === name)!;
    return [...fold.train, ...fold.validation].sort();
  };

  it("predicts each image that is learned from once a fold, by the network that has not seen it", () => {
    const { rows } = joined.models[0]!.predictions;
    const held = rows.filter(({ part }) => part === "validation");
    for (const name of ["fold 1", "fold 2"]) {
      deepEqual(
        held
          .filter(({ fold }) => fold === name)
          .map(({ id }) => id)
          .sort(),
        learnedOf(name),
      );
    }
    const unit = { fold: "fold 1, part 1", folder: "units/cnn3/fold-1-part-1-seed-1" };
    const trained = loadUnit(study.path("parts/hand-crafted"), { model: "CNN3", ...unit });
    const part = (planTrainingParts(study, plan, 2).split as Split).folds[0]!;
    const ids = part.validation.slice(0, 8);
    const { values } = predictTrained(trained, study.prepared, ids, study.settings.training);
    trained.weights.dispose();
    differencesOf(values).forEach((logit, index) => {
      ok(!part.train.includes(ids[index]!));
      const row = held.find(({ id, fold }) => id === ids[index] && fold === "fold 1")!;
      ok(Math.abs(row.logit! - logit) < 1e-5);
    });
  });

  it("leaves what networks say of tested images as it is, and what they learned from", () => {
    const tested = ({ models }: Validation) => models[0]!.predictions.rows.filter(({ part }) => part === "test");
    deepEqual(tested(joined), outer.models[0]!.predictions.rows);
    const sets = [joined.models[0]!.predictions, { ...joined.models[0]!.predictions, model: "copy" }];
    const { validation } = alignPredictions(sets, { threshold: { kind: "fixed", at: 0.5 }, unit: "images" });
    equal(validation.size, 0);
  });

  it("gives thresholds that nothing tested has a part in, and says where they come from", () => {
    const { predictions } = joined.models[0]!;
    const options = { replicates: 50, threshold: { kind: "youden" }, operatingPoints: [0.9] } as const;
    const evaluation = evaluatePredictions(predictions, options);
    match(evaluation.thresholdRule, /inner folds of the training part/);
    for (const { fold, threshold } of evaluation.thresholds) {
      const own = predictions.rows.filter((row) => row.part === "validation" && row.fold === fold);
      const [labels, probabilities] = [own.map(({ label }) => label), own.map(({ probability }) => probability)];
      equal(threshold, chooseThreshold(labels, probabilities, { kind: "youden" }).threshold);
    }
    const turned = predictions.rows.map((row) =>
      row.part === "test" ? { ...row, probability: 1 - row.probability, logit: -row.logit! } : row,
    );
    deepEqual(evaluatePredictions({ ...predictions, rows: turned }, options).thresholds, evaluation.thresholds);
    const from = operatingPointTable([evaluation]).map((row) => row["threshold from"]);
    deepEqual(from, ["inner folds", "test curve (flatters)", "inner folds", "test curve (flatters)"]);
    const without = operatingPointTable([
      evaluatePredictions(outer.models[0]!.predictions, { replicates: 50, operatingPoints: [0.9] }),
    ]);
    equal(without[0]!["threshold from"], "other folds (their networks learned from what is tested)");
    const scaled = evaluatePredictions(predictions, { replicates: 50, temperature: true }).temperature!;
    equal(scaled.temperatures.length, 2);
  });

  it("is the very same where the study has none", () => {
    const none = { ...study, settings: { ...study.settings, innerFolds: null } };
    equal(withInnerFolds(none, "handCrafted", outer), outer);
  });
});
