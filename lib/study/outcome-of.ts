import { relative } from "node:path";

import { readOutcome } from "../runs/outcome";
import { hashJson } from "../runs/sealed-json";
import { attempt } from "./attempt";
import type { StudySearch } from "./found-by";
import { runsOf, type StudyPlace, type StudyRun } from "./layout";
import { partsOf, plannedUnits, type PartSettings } from "./planned-units";

/** What came out of one run or unit of a study. */
export interface RunOutcome extends StudyRun {
  /** The hash of its outcome, without times; null where it is not done, or no longer as it was. */
  readonly hash: string | null;
}

/** What came out of a study. */
export interface StudyOutcome {
  /**
   * The hash over the outcomes of all runs and units: equal for equal studies, however often interrupted and however they were
   * chosen, on the same kind of machine with the same number of threads. Null where something is not done yet.
   */
  readonly hash: string | null;
  /** Each run and unit, in the order in which they are done. */
  readonly runs: readonly RunOutcome[];
  /** Whether all that the study trains is listed: both cross-validations are planned. */
  readonly planned: boolean;
  /** The hash in a sentence, or how much is done. */
  readonly told: string;
}

/**
 * Says what came out of a study, from its folder alone: its searches, derivations and controls, and every unit of its
 * cross-validations, with the trials of their recipes.
 *
 * @returns The hash, and how far each part is.
 * @throws {Problem} Where a file cannot be read.
 */
export function outcomeOf(study: StudySearch & StudyPlace & { readonly settings: PartSettings }): StudyOutcome {
  const plans = partsOf(study.settings).map(({ part }) => plannedUnits(study, part));
  const planned = !plans.includes(null);
  const units = plans.flatMap((listed) => listed ?? []);
  const runs = [...runsOf(study), ...units].map((run) => {
    // What is damaged is not done.
    const { value } = attempt(() => readOutcome(run.folder));
    return { ...run, hash: value?.hash ?? null };
  });
  // By their places within the study, which are the same in every study of these settings.
  const named = runs.map(({ folder, hash }) => [relative(study.path(), folder).replaceAll("\\", "/"), hash] as const);
  const done = planned && runs.every((run) => run.hash !== null);
  const hash = done ? hashJson(Object.fromEntries(named)) : null;
  return { hash, runs, planned, told: tell(hash, runs, planned) };
}

function tell(hash: string | null, runs: readonly RunOutcome[], planned: boolean): string {
  if (hash !== null) return `The study's outcome is ${hash}: equal studies have the same.`;
  const done = runs.filter((run) => run.hash !== null).length;
  const to = planned ? "" : ", and the cross-validation is not planned yet";
  return `The study is not done: ${done} of ${runs.length} runs and units are${to}.`;
}
