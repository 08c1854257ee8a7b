import { existsSync } from "node:fs";

import { Problem } from "../runtime/problem";
import { readValidation, type Validation } from "../validate/read-validation";
import { withInnerFolds } from "./inner-folds";
import { notebookOf, placeOf } from "./layout";
import type { Study } from "./open-study";
import type { NetworksPart } from "./tune-networks";

/**
 * Reads one of a study's cross-validations, with what its inner folds say where it has some.
 *
 * @throws {Problem} Where it is missing or not done, with the notebook to run.
 */
export function readCrossValidation(study: Pick<Study, "path" | "name" | "settings">, part: NetworksPart): Validation {
  const folder = placeOf(study, part);
  if (existsSync(folder)) return withInnerFolds(study, part, readValidation(folder));
  throw new Problem(
    `${study.name} has no cross-validation of its ${part === "found" ? "found" : "hand-crafted"} networks.`,
    `Run ${notebookOf(part)} of the same study.`,
  );
}
