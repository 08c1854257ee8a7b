import type { TableCell } from "../../display/table";
import type { ReportBlock } from "../../report/report-contents";
import { attempt } from "../attempt";
import type { Study } from "../open-study";
import { checkStudySettings } from "../study-settings";
import { countRecipes } from "../tried-recipes";
import { describeChosen, readTuning } from "../tune-networks";
import { paragraph, tableOf } from "./blocks";

/**
 * Writes with which recipes the networks of a study were tried, and what was chosen.
 *
 * @returns The blocks; none where the study does not tune.
 */
export function describeTuning(study: Pick<Study, "path" | "name" | "settings">): ReportBlock[] {
  const { tuning } = checkStudySettings(study.settings);
  if (tuning === null) return [];
  const parts = (["found", "handCrafted"] as const).map((part) => attempt(() => readTuning(study, part)));
  const rows = parts.flatMap(({ value }) =>
    (value ?? []).map((tuned): Record<string, TableCell> => ({
      ...{ model: tuned.model, "recipes tried": tuned.recipes, "tried on": tuned.folds.length },
      ...{ chosen: describeChosen(tuned), "trials, s": Math.round(tuned.seconds) },
    })),
  );
  const lists = `learning rates ${tuning.rates.join(", ")}; weight decays ${tuning.decays.join(", ")}; augmentation ${tuning.augment.join(", ")}`;
  return [
    paragraph(
      `Equal budget of tuning: every network, found, random and hand-crafted, was tried with the same ${countRecipes(tuning)} recipes (${lists}). A trial learned from the training part and was judged by the ${tuning.by} of the validation images of ${tuning.judgedOn === "fold 1" ? "fold 1, for all folds" : "the fold for which the recipe was chosen"}; what a fold tests stayed shut.`,
    ),
    ...(tuning.judgedOn === "fold 1"
      ? [
          paragraph(
            "Recipes were chosen on images of fold 1 that other folds test: what they say of their test images is not wholly apart from the choice.",
            "caution" as const,
          ),
        ]
      : []),
    ...parts.flatMap(({ missing }) => (missing === null ? [] : [paragraph(missing, "missing")])),
    ...(rows.length === 0
      ? []
      : [tableOf("Recipes that were chosen", rows, "Trials: all recipes and folds together.")]),
  ];
}
