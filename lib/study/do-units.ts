import { spawn } from "node:child_process";
import { existsSync } from "node:fs";

import { openTable } from "../display/changing-table";
import { showTable } from "../display/table";
import { environmentWithThreads, describeMachine, resultsRoot, systemClock } from "../runtime/environment";
import { exitCodes, WrongConfiguration } from "../runs/exit-codes";
import { listenForStop } from "../runs/stop";
import { secondsLeft, tallyOf, tellTally, type Standing } from "../units/tally";
import { driveSlurm, type SlurmState } from "../units/slurm/drive-slurm";
import { findSlurm } from "../units/slurm/slurm";
import { printScripts } from "../units/slurm/print-scripts";
import { surveyUnits } from "../units/survey";
import { unitsToDo, type Unit } from "../units/unit";
import { writeIndexedJob } from "../units/kubernetes";
import { describeUndone, driveUnits, unitEntry } from "./drive-units";
import { exitCodeOf } from "./exit-code";
import { placeOf } from "./layout";
import { openStudy, type Study } from "./open-study";
import { planUnits } from "./plan-units";
import { scriptPlace } from "./script-place";
import { plannedUnit, type StudyPlan } from "./study-plan";
import type { NamedStudy } from "./name-study";
import type { UnitRequest } from "./unit-options";
import { choiceOf } from "./name-study";

/** The threads of a unit on a cluster, where nothing else is said: two processes do more than one with two threads. */
const clusterThreads = 1;

/** Seconds between two looks at a cluster: of a thousand jobs and more squeue tells at some length. */
const lookSeconds = (units: number) => (units < 1000 ? 2 : 15);

/** How doing units ended: with all done, or with what is said, and no notebooks afterwards. */
export type UnitsDone = "done" | "told" | "interrupted" | "failed";

/**
 * Does the units of a study as a command asks, before its notebooks read what came of them.
 *
 * @param root The folder with all results; default: the project's.
 * @throws {Problem} Where units fail, or a cluster refuses them.
 * @throws {Interrupted} Where it was asked to stop on this machine; all is saved.
 */
export async function doUnits(named: NamedStudy, request: UnitRequest, root: string = resultsRoot): Promise<UnitsDone> {
  const study = await openStudy(choiceOf(named), root);
  const here = request.workers ?? study.settings.workers;
  const shared = Math.max(1, Math.floor(describeMachine().processors / here));
  const plan = planUnits(study, request.threads ?? (request.on === "here" ? shared : clusterThreads));
  tellThreads(plan, request);
  const resources = request.resources(named.profile);
  const place = scriptPlace(study);
  const survey = surveyUnits(study.path(), placeOf(study, "units"), plan.units);
  survey.update();
  const open = unitsToDo(plan.units, ({ name }) => survey.isDone(name));
  if (request.list) {
    const standingOf = (name: string): Standing => standingBy(survey, name);
    showTable(
      plan.units.map(({ name, title, threads }) => ({ unit: name, title, threads, state: standingOf(name) })),
      { caption: `${plan.units.length - open.length} of ${plan.units.length} done`, rows: plan.units.length },
    );
    return "told";
  }
  if (request.print) {
    if (request.on === "slurm") {
      const script = await printScripts(open, place, resources);
      process.stdout.write(`${open.length} units are not done. Submit them with: bash ${script}\n`);
    } else {
      const { memory, gpus } = resources;
      const job = { ...place, name: place.jobName, memory, gpus, atOnce: request.workers ?? 100 };
      process.stdout.write(writeIndexedJob(open, job));
    }
    return "told";
  }
  if (request.on === "here") {
    await driveUnits(study, () => true, { workers: here });
    return "done";
  }
  return onSlurm(study, plan, request);
}

async function onSlurm(study: Study, { units }: StudyPlan, request: UnitRequest): Promise<UnitsDone> {
  const stop = listenForStop();
  const table = openTable();
  const told = new Set<string>();
  const show = ({ standingOf, timed, open, running, notices }: SlurmState) => {
    for (const notice of notices) if (!told.has(notice)) process.stdout.write(`${notice}\n`);
    for (const notice of notices) told.add(notice);
    const counts = new Map<Standing, number>();
    for (const { name } of units) counts.set(standingOf(name), (counts.get(standingOf(name)) ?? 0) + 1);
    table.update(tallyOf(units, standingOf), tellTally(counts, units.length, secondsLeft(timed, open, running)));
  };
  try {
    const report = await driveSlurm({
      ...{ units, place: scriptPlace(study), journal: placeOf(study, "units"), show },
      ...{ resources: request.resources(study.profile), slurm: findSlurm(), clock: systemClock },
      stopped: () => stop.requested !== null,
      pause: () => pauseUnless(() => stop.requested !== null, lookSeconds(units.length)),
    });
    if (report.end === "failed") throw describeUndone(report.undone);
    if (report.end === "done") return "done";
    process.stdout.write("Closed; the jobs go on. The same command opens the table again.\n");
    return "interrupted";
  } finally {
    stop.end();
  }
}

async function pauseUnless(stopped: () => boolean, seconds: number): Promise<void> {
  for (let waited = 0; waited < seconds && !stopped(); waited += 0.1)
    await new Promise((resolve) => setTimeout(resolve, 100));
}

function standingBy(survey: ReturnType<typeof surveyUnits>, name: string): Standing {
  if (survey.isDone(name)) return "done";
  if (survey.failureOf(name) !== null) return "failed";
  return survey.isBegun(name) ? "saved" : "waiting";
}

function tellThreads({ threads }: StudyPlan, request: UnitRequest): void {
  if (request.threads === null || request.threads === threads) return;
  process.stdout.write(
    `The study was begun with ${threads} threads, and keeps them: results are the same to the bit only so.\n`,
  );
}

/**
 * Does one unit of a study in a process of its own, for whoever wants that alone.
 *
 * @param root The folder with all results; default: the project's.
 * @returns The exit code of the unit, also where the study has none of that name.
 * @throws {Problem} Where the study cannot be opened or planned.
 */
export async function doOneUnit(named: NamedStudy, name: string, root: string = resultsRoot): Promise<number> {
  const folder = named.path();
  if (!existsSync(placeOf(named, "units"))) planUnits(await openStudy(choiceOf(named), root));
  const unit = findUnit(folder, name);
  if (unit === null) return exitCodes.wrongConfiguration;
  const child = spawn(process.execPath, [`${unitEntry}.js`, folder, unit.name], {
    env: environmentWithThreads(unit.threads),
    stdio: "inherit",
  });
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of ["SIGTERM", "SIGUSR1", "SIGINT"] as const) process.on(signal, pass);
  return exitCodeOf(child);
}

function findUnit(folder: string, name: string): Unit | null {
  try {
    return plannedUnit(folder, name).unit;
  } catch (error) {
    if (!(error instanceof WrongConfiguration)) throw error;
    process.stderr.write(`${error.message}\n`);
    return null;
  }
}
