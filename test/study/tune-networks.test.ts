import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Study } from "../../lib/study/open-study";
import { countDone } from "../../lib/study/study-progress";
import { describeTuning } from "../../lib/study/report/tuning-blocks";
import { checkStudySettings } from "../../lib/study/study-settings";
import { tellCosts } from "../../lib/study/tell-costs";
import { listRecipes, trainingBy } from "../../lib/study/tried-recipes";
import { applyTuning, describeChosen, planTrials, readTuning, type NetworksPart } from "../../lib/study/tune-networks";
import { tuningTable } from "../../lib/study/tuning-table";
import { handCraftedPlan } from "../../lib/study/validation-plans";
import { differencesOf } from "../../lib/train/predict";
import { loadUnit } from "../../lib/validate/load-unit";
import { predictTrained } from "../../lib/validate/predict-trained";
import { checkPlan, type GivenPlan } from "../../lib/validate/plan";
import { runPlan } from "../../lib/validate/run-plan";
import { smokeStudy, textsOf } from "./helpers";

/** The area under the curve, pair by pair: wins and half the ties. */
function areaOf(logits: readonly number[], labels: readonly number[]): number {
  const [malignant, benign] = [1, 0].map((label) => logits.filter((_, index) => labels[index] === label));
  const pairs = malignant!.flatMap((one) => benign!.map((other) => (one > other ? 1 : one === other ? 0.5 : 0)));
  return pairs.reduce<number>((sum, pair) => sum + pair, 0) / pairs.length;
}

/** Tries recipes in the study's folder, as its units do, and applies what was chosen. */
async function tuneNetworks(study: Study, networks: NetworksPart, plan: GivenPlan): Promise<GivenPlan> {
  const { tuning } = checkStudySettings(study.settings);
  if (tuning !== null)
    await runPlan(study.path("tuning", "hand-crafted"), planTrials(study, tuning, plan), { watch: null });
  return applyTuning(study, networks, plan);
}

describe("planTrials(study, tuning, plan), applyTuning(study, networks, plan)", function () {
  this.timeout(300_000);
  const folder = { path: "" };
  const tuning = { rates: [0.001, 0.05], decays: [5e-4, 0.05], augment: ["as trained"] } as const;
  let study: Study;
  let plan: GivenPlan;
  let tuned: GivenPlan;

  // Eight trainings, done once.
  before(async () => {
    folder.path = mkdtempSync(join(tmpdir(), "sononas test "));
    const plain = await smokeStudy(folder.path);
    const settings = {
      ...plain.settings,
      ...{ handCrafted: ["CNN3"], folds: [1, 2], tuning },
      training: { ...plain.settings.training, epochs: 1 },
    } as const;
    study = { ...plain, settings };
    plan = handCraftedPlan(study);
    tuned = await tuneNetworks(study, "handCrafted", plan);
  });

  after(() => {
    rmSync(folder.path, { recursive: true, force: true });
  });

  const units = () => readdirSync(study.path("tuning", "hand-crafted", "units"), { recursive: true, encoding: "utf8" });
  const filesOf = (name: string) =>
    units()
      .filter((file) => file.endsWith(name))
      .map((file) => study.path("tuning", "hand-crafted", "units", file));

  it("tries every recipe on every fold, and never looks at what a fold tests", () => {
    equal(filesOf("weights.bin").length, 4 * 2);
    deepEqual(filesOf("predictions.csv"), []);
  });

  it("trains each fold by the recipe that is best on its own validation images, counted by pairs", () => {
    const [model] = tuned.models;
    const recipes = listRecipes({ ...tuning });
    for (const { name, validation } of study.split.folds.slice(0, 2)) {
      const areas = recipes.map((_, index) => {
        const unit = { model: `CNN3, recipe ${index + 1}`, fold: name, folder: "" };
        const place = `units/cnn3-recipe-${index + 1}/${name.replace(" ", "-")}-seed-1`;
        const trained = loadUnit(study.path("tuning/hand-crafted"), { ...unit, folder: place });
        const { values, labels } = predictTrained(trained, study.prepared, validation, {});
        trained.weights.dispose();
        return areaOf(differencesOf(values), [...labels]);
      });
      const best = recipes[areas.indexOf(Math.max(...areas))]!;
      deepEqual(model!.trainingOfFold![name], trainingBy(study.settings.training, best));
    }
    deepEqual(Object.keys(model!.trainingOfFold!), ["fold 1", "fold 2"]);
    // All else is as it was, and it is a plan.
    deepEqual(
      { ...tuned, models: [{ ...model!, trainingOfFold: undefined }] },
      {
        ...plan,
        models: [{ ...plan.models[0]!, trainingOfFold: undefined }],
      },
    );
    checkPlan(tuned);
  });

  it("does nothing again that is done", async () => {
    const times = () => filesOf("done.json").map((file) => statSync(file).mtimeMs);
    const before = times();
    deepEqual(await tuneNetworks(study, "handCrafted", plan), tuned);
    deepEqual(times(), before);
  });

  it("is told: in a table, in the report, in what is done, and beforehand in what it costs", () => {
    const [model] = readTuning(study, "handCrafted");
    const rows = tuningTable([{ tuned: model! }, { tuned: null }, {}]);
    equal(rows.length, 8);
    equal(rows.filter(({ chosen }) => chosen === "chosen").length, 2);
    ok(model!.seconds > 0);
    match(describeChosen(model!), /rate 0\.\d+, decay 0\.\d+, varied as trained \(fold [12]/);
    const texts = textsOf({ blocks: describeTuning(study) });
    match(texts, /same 4 recipes \(learning rates 0\.001, 0\.05; weight decays 0\.0005, 0\.05/);
    match(texts, /missing: .* has not tried its recipes yet\. Run 05_train_the_winner/);
    match(texts, /CNN3","recipes tried":4,"tried on":2/);
    const { total } = countDone(study);
    equal(total, 5 + (2 * 4 + 2) * 2 + (4 + 1) * 2);
    const [told] = tellCosts(study.settings, { images: 240, folds: 5 });
    match(told!, /^Each of 3 networks is tried with the same 4 recipes .* 24 trainings more, about \d\.\d times/);
    deepEqual(tellCosts({ ...study.settings, tuning: null }, { images: 240, folds: 5 }), []);
  });

  it("takes the choice of fold 1 for all folds where the study says so, and the report warns of it", async () => {
    const settings = { ...study.settings, tuning: { ...tuning, judgedOn: "fold 1" } } as const;
    const own = { ...study, settings, path: (...parts: string[]) => study.path("other", ...parts) };
    const { models } = await tuneNetworks(own, "handCrafted", plan);
    const chosen = Object.values(models[0]!.trainingOfFold!);
    equal(chosen.length, study.split.folds.length);
    for (const one of chosen) deepEqual(one, tuned.models[0]!.trainingOfFold!["fold 1"]);
    match(
      textsOf({ blocks: describeTuning(own) }),
      /caution: Recipes were chosen on images of fold 1 that other folds test/,
    );
  });

  it("refuses folds that have nothing to judge by, before anything is trained", async () => {
    const folds = study.split.folds.map((fold) => ({ ...fold, validation: [] }));
    const own = {
      ...study,
      split: { ...study.split, folds },
      path: (...parts: string[]) => join(folder.path, "no", ...parts),
    };
    await rejects(tuneNetworks(own, "handCrafted", plan), /fold 1 has 0 validation images, none to judge by/);
    const malignant = new Set(study.records.filter(({ label }) => label === "malignant").map(({ id }) => id));
    const one = study.split.folds.map((fold) => ({
      ...fold,
      validation: fold.validation.filter((id) => malignant.has(id)),
    }));
    await rejects(
      tuneNetworks({ ...own, split: { ...study.split, folds: one } }, "handCrafted", plan),
      /validation images, all malignant; images of both classes are needed/,
    );
  });

  it("leaves a plan as it is where the study does not tune", async () => {
    const settings = { ...study.settings, tuning: null };
    equal(await tuneNetworks({ ...study, settings }, "handCrafted", plan), plan);
    deepEqual(readTuning({ ...study, settings }, "handCrafted"), []);
    deepEqual(describeTuning({ ...study, settings }), []);
  });

  it("names the notebook where recipes were not tried, and the unit where one is missing", () => {
    throws(() => readTuning(study, "found"), /has not tried its recipes yet\. Run 05_train_the_winner/);
    rmSync(filesOf("done.json")[0]!);
    throws(() => readTuning(study, "handCrafted"), /1 of 8 units are not done: CNN3, recipe 1, fold 1, seed 1/);
    ok(readFileSync(study.path("tuning/hand-crafted/plan.json"), "utf8").includes('"predicts": "validation"'));
  });
});
