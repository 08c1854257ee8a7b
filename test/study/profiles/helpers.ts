import { ok } from "node:assert/strict";

import { checkPreparation } from "../../../lib/data/prepare/configuration";
import { preparations } from "../../../lib/data/prepare/presets";
import { costOf } from "../../../lib/graph/cost";
import { buildHandCrafted } from "../../../lib/graph/hand-crafted/registry";
import { checkStudySettings, type StudySettings } from "../../../lib/study/study-settings";
import { checkTraining } from "../../../lib/train/training-options";
import { checkPlan } from "../../../lib/validate/plan";

/** Checks everything of a profile that can be checked without images. */
export function checkProfile(settings: StudySettings): void {
  checkStudySettings(settings);
  checkPreparation({ ...preparations.squareContext, ...settings.preparation });
  for (const training of [settings.training, settings.derive.training!, settings.control.training!])
    checkTraining(training, 100);
  const size = settings.preparation.size!;
  for (const name of settings.handCrafted)
    ok(costOf(buildHandCrafted(name, { height: size, width: size, channels: 1 })).trainable > 0, name);
  checkPlan({
    dataset: "phantom",
    preparation: settings.preparation,
    folds: settings.folds,
    seeds: settings.seeds,
    training: settings.training,
    models: settings.handCrafted.map((name) => ({
      name,
      kind: "hand-crafted",
      network: { kind: "hand-crafted", name },
    })),
  });
}

/** How many trainings the cross-validation is, of a set with some folds. */
export function countUnits({ handCrafted, controls, seeds, folds }: StudySettings, ofSet: number): number {
  return (1 + controls + handCrafted.length) * seeds.length * (folds?.length ?? ofSet);
}
