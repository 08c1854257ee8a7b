import { existsSync } from "node:fs";

import { hashPredictions } from "../../evaluate/hash-predictions";
import { Problem } from "../../runtime/problem";
import { readValidation, type Validation } from "../../validate/read-validation";
import { attempt, type Attempted } from "../attempt";
import { readComparisonFiles, type StudyComparison } from "../comparison-files";
import { withInnerFolds } from "../inner-folds";
import { notebookOf, placeOf } from "../layout";
import type { Study } from "../open-study";
import { readSearches, type StudySearchMaterial } from "../study-searches";
import { readWinner, type Winner } from "../winner";

/** All that a study's folder holds. */
export interface StudyMaterial {
  /** The searches, the study's own first. */
  readonly searches: readonly StudySearchMaterial[];
  readonly winner: Attempted<Winner>;
  /** The cross-validation of the found network and of random ones. */
  readonly found: Attempted<Validation>;
  /** The cross-validation of the hand-crafted networks. */
  readonly handCrafted: Attempted<Validation>;
  readonly comparison: Attempted<StudyComparison>;
}

/**
 * Reads all that a study's folder holds. What is missing, not done or damaged is a sentence, so that a study that is not at
 * its end has a report too.
 */
export function readMaterial(study: Pick<Study, "path" | "settings" | "name">): StudyMaterial {
  const found = readPlan(study, "found", "The found network");
  const handCrafted = readPlan(study, "handCrafted", "The hand-crafted networks");
  return {
    searches: readSearches(study),
    winner: attempt(() => readWinner(study)),
    found,
    handCrafted,
    comparison: attempt(() => {
      const comparison = readComparisonFiles(study);
      if (comparison === null)
        throw new Problem(
          "The models have not been compared yet.",
          `Run ${notebookOf("comparison")} of the same study.`,
        );
      checkComputedFrom(
        comparison,
        [found, handCrafted].flatMap(({ value }) => value?.models ?? []),
      );
      return comparison;
    }),
  };
}

// Numbers of other predictions are not those of this study. Versions before 0.2 did not say which they were.
function checkComputedFrom({ computedFrom }: StudyComparison, models: Validation["models"]): void {
  if (computedFrom === null) return;
  for (const { model, predictions, missing } of models) {
    const before = computedFrom[model.name];
    if (missing.length > 0 || before === hashPredictions(predictions)) continue;
    throw new Problem(
      `The comparison was computed ${before === undefined ? `without ${model.name}` : `from other predictions of ${model.name} than there are now`}.`,
      `Run ${notebookOf("comparison")} again.`,
    );
  }
}

function readPlan(
  study: Pick<Study, "path" | "settings">,
  part: "found" | "handCrafted",
  what: string,
): Attempted<Validation> {
  return attempt(() => {
    const folder = placeOf(study, part);
    if (existsSync(folder)) return withInnerFolds(study, part, readValidation(folder, "done"));
    throw new Problem(
      `${what} has not been cross-validated yet.`.replace(/s has/, "s have"),
      `Run ${notebookOf(part)}.`,
    );
  });
}
