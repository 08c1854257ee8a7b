import { existsSync } from "node:fs";

import { describeMachine } from "../runtime/environment";
import { readRun } from "../runs/read-run";
import { readKeptPlan } from "../validate/plan-folder";
import { attempt } from "./attempt";
import { costsOfUnits } from "./estimate-work";
import { placeOf, runsOf } from "./layout";
import { choiceOf } from "./name-study";
import type { Study } from "./open-study";
import type { UnitsPart } from "./planned-units";
import type { PlannedStudy } from "./steps/step";
import { listUnits } from "./steps/steps";
import { readStudyPlan, writeStudyPlan, type StudyPlan } from "./study-plan";

/**
 * Lists the units of a study and keeps the list in its folder, so that any process that sees the folder can do one of them. What is
 * planned already stays as it is.
 *
 * @param threads The threads of each process; null: those that the study was begun with, else the processors divided by its
 *   workers. Default: null.
 * @throws {Problem} Where a file is damaged, or cannot be written.
 */
export function planUnits(study: Study, threads: number | null = null): StudyPlan {
  const folder = study.path();
  const settled = settleThreads(study, threads);
  const planned: PlannedStudy = {
    ...study,
    costs: costsOfUnits(study.settings, { images: study.records.length, folds: study.split.folds.length }),
    threadsOf: (part) => (part === "search" ? null : keptThreads(study, part)) ?? settled,
  };
  writeStudyPlan(folder, { choice: choiceOf(study), threads: settled, units: listUnits(planned) });
  return readStudyPlan(folder)!;
}

/**
 * Says with how many threads the units of a study compute. Results are the same to the bit only at the same number: one that was
 * begun keeps its own.
 */
function settleThreads(study: Study, asked: number | null): number {
  const begun =
    attempt(() => readStudyPlan(study.path())).value?.threads ??
    keptThreads(study, "handCrafted") ??
    keptThreads(study, "found") ??
    searchThreads(study);
  if (begun !== null) return begun;
  return asked ?? Math.max(1, Math.floor(describeMachine().processors / study.settings.workers));
}

function keptThreads(study: Study, part: UnitsPart): number | null {
  return attempt(() => readKeptPlan(placeOf(study, part))).value?.threads ?? null;
}

function searchThreads(study: Study): number | null {
  const run = runsOf(study).find(({ folder }) => existsSync(folder));
  return run === undefined ? null : (attempt(() => readRun(run.folder)).value?.versions.threads ?? null);
}
