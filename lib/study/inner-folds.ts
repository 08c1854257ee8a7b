import { existsSync } from "node:fs";

import type { Prediction } from "../evaluate/predictions";
import { Problem } from "../runtime/problem";
import { readValidation, type Validation } from "../validate/read-validation";
import { notebookOf, placeOf, type StudyPlace } from "./layout";
import type { StudySettings } from "./study-settings";
import { listTrainingParts } from "./training-parts";

/** Where the networks of the parts of training parts lie. */
const placeOfParts = { found: "partsFound", handCrafted: "partsHandCrafted" } as const;

/**
 * Adds to what networks say of tested images what is said of the images that they learn from, each by a network like it that was trained
 * without this image: by these, thresholds and temperatures can be chosen. None of these networks has seen what the fold tests, and what
 * they say of that is not taken.
 *
 * @param study The study's folder, and into how many inner folds its training parts are divided.
 * @param validation What was read of the cross-validation.
 * @returns The same with predictions for the validation part of each fold; units of inner folds that are not done are among those that
 *   are missing. The very same where the study has no inner folds.
 * @throws {Problem} Where nothing was trained on inner folds yet, with the notebook to run.
 */
export function withInnerFolds(
  study: StudyPlace & { readonly settings: Pick<StudySettings, "innerFolds"> },
  networks: keyof typeof placeOfParts,
  validation: Validation,
): Validation {
  const count = study.settings.innerFolds ?? null;
  if (count === null || validation.models.length === 0) return validation;
  const folder = placeOf(study, placeOfParts[networks]);
  if (!existsSync(folder)) {
    throw new Problem(
      "The networks have not been trained on inner folds yet.",
      `Run ${notebookOf(networks)} of the same study.`,
    );
  }
  const inner = readValidation(folder, "done");
  const folds = [...new Set(validation.units.map(({ unit }) => unit.fold))];
  const outer = new Map(listTrainingParts(folds, count).map(({ fold, name }) => [name, fold]));
  const models = validation.models.map((one) => {
    const own = inner.models.find(({ model }) => model.name === one.model.name);
    if (own === undefined) return one;
    const held = own.predictions.rows.flatMap((row): Prediction[] => {
      const fold = outer.get(row.fold);
      return row.part === "validation" && fold !== undefined ? [{ ...row, fold }] : [];
    });
    const predictions = { ...one.predictions, heldBack: "inner folds" as const };
    return {
      ...one,
      predictions: { ...predictions, rows: [...one.predictions.rows, ...held] },
      missing: [...one.missing, ...own.missing],
    };
  });
  return { ...validation, models };
}
