import { deepEqual, equal, throws } from "node:assert/strict";

import { augmentations } from "../../lib/data/augment/presets";
import { checkOptions } from "../../lib/runtime/options";
import {
  countRecipes,
  describeRecipe,
  listRecipes,
  requireRecipes,
  trainingBy,
  tuningSchema,
} from "../../lib/study/tried-recipes";
import { checkTraining } from "../../lib/train/training-options";
import { nameStudy } from "../../lib/study/name-study";
import { temporaryFolder } from "../helpers/temporary";

const check = (given: object) => checkOptions("The tuning", tuningSchema, given);

describe("the recipes that networks are tried with", () => {
  it("are each rate with each decay with each augmentation, in a fixed order", () => {
    const tuning = check({ rates: [0.1, 0.01], decays: [0, 0.001], augment: ["none", "light"] });
    equal(countRecipes(tuning), 8);
    deepEqual(listRecipes(tuning).map(describeRecipe), [
      ...["rate 0.1, decay 0, none", "rate 0.1, decay 0, light"],
      ...["rate 0.1, decay 0.001, none", "rate 0.1, decay 0.001, light"],
      ...["rate 0.01, decay 0, none", "rate 0.01, decay 0, light"],
      ...["rate 0.01, decay 0.001, none", "rate 0.01, decay 0.001, light"],
    ]);
    equal(countRecipes(check({})), 8);
  });

  it("change schedule, optimiser and augmentation alone, and leave their other options as they are", () => {
    const training = {
      epochs: 9,
      schedule: { kind: "cosine", rate: 0.1, lowest: 0.02, warmUp: 2 },
      optimiser: { kind: "adamw", beta1: 0.8, decay: 1 },
      augment: { shift: 3 },
    } as const;
    const own = trainingBy(training, { rate: 0.05, decay: 0.25, augment: "as trained" });
    deepEqual(own.schedule, { kind: "cosine", rate: 0.05, lowest: 0.01, warmUp: 2 });
    deepEqual({ ...own.optimiser }, { ...checkTraining(training, 1).optimiser, decay: 0.25 });
    deepEqual(own.augment, { ...augmentations.none, shift: 3 });
    deepEqual(trainingBy(training, { rate: 1, decay: 0, augment: "strong" }).augment, augmentations.strong);
    // What comes out is a training.
    checkTraining({ ...training, ...own }, 0);
  });

  it("are refused where they are too few, the same, or cannot be", () => {
    throws(() => check({ rates: [] }), /rates: \[\]/);
    throws(() => check({ rates: [0.1, 0.1] }), /none of them twice/);
    throws(() => check({ decays: [-1] }), /decays\[0\]: -1/);
    throws(() => check({ augment: ["lite"] }), /augment\[0\]: "lite", expected "as trained", "none", "light"/);
    throws(() => check({ rate: [0.1] }), /no option "rate".*"rates"/);
    throws(() => check({ judgedOn: "fold 2" }), /judgedOn: "fold 2"/);
    throws(() => {
      requireRecipes(check({ rates: [0.1], decays: [0] }), {});
    }, /has 2 recipes, expected 4 at least/);
    throws(() => {
      requireRecipes(check({ augment: ["as trained", "light"] }), { augment: augmentations.light });
    }, /the same training: "rate 0.02, decay 0.0005, varied as trained" and "rate 0.02, decay 0.0005, light"/);
    throws(() => {
      requireRecipes(check({}), { optimiser: { kind: "adam" } });
    }, /adam, which has no weight decay.*adamw/s);
  });
});

describe("the setting tuning of a study", () => {
  const root = temporaryFolder();

  it("is off, and a study that tunes is another study", () => {
    const plain = nameStudy({ profile: "smoke", dataset: "phantom" }, root.path);
    equal(plain.settings.tuning ?? null, null);
    const tuned = nameStudy({ profile: "smoke", dataset: "phantom", changes: { tuning: {} } }, root.path);
    equal(tuned.name.startsWith(`${plain.name}+`), true);
  });

  it("is refused before anything runs where its recipes cannot be tried", () => {
    const changes = { tuning: { rates: [0.1], decays: [0.1], augment: ["none"] } } as const;
    throws(() => nameStudy({ profile: "smoke", dataset: "phantom", changes }, root.path), /has 1 recipe, expected 4/);
  });
});
