import { join } from "node:path";

import * as v from "valibot";

import { showTable } from "../display/table";
import { showText } from "../display/text";
import { describeMachine } from "../runtime/environment";
import { nullable, passed, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { listenForStop } from "../runs/stop";
import { fetchLayers } from "../train/layers-model/fetch-layers";
import { checkLayers } from "../train/layers-model/layers-specification";
import { runUnits, type UndoneUnit } from "../units/run-units";
import { startUnit } from "../units/unit-process";
import type { GivenPlan } from "./plan";
import { makePlanFolder, type PlanFolder } from "./plan-folder";
import { countTrained, epochsOf } from "./unit-epochs";
import { readUnitState } from "./unit-state";
import { reportUnits, tableOfUnits, type UnitReport } from "./unit-table";
import { describeUnit, type Unit } from "./units";
import { watchPlan, type PlanWatch } from "./watch-plan";

const runPlanOptions = v.strictObject({
  /** Units that run at a time, each in a process of its own, from 1; the results do not depend on it. Default: 1. */
  workers: v.optional(wholeNumber({ from: 1 }), 1),
  /** What shows how far it is; null: nothing, and no table in the end. Default: a bar, in a notebook or a terminal. */
  watch: v.optional(nullable(passed<PlanWatch>("a watch")), () => watchPlan()),
});

/** How a plan is run. @interface */
export type RunPlanOptions = v.InferInput<typeof runPlanOptions>;

/** A unit that failed in a call of `runPlan`. */
export type UnitFailure = Pick<UndoneUnit<Unit>, "unit" | "message" | "wrongConfiguration" | "inUse">;

/** What does a unit in a process of its own. */
export const workerEntry = join(__dirname, "worker");

/** How a plan's run ended. */
export interface PlanReport {
  readonly units: readonly UnitReport[];
  readonly done: boolean;
  readonly failures: readonly UnitFailure[];
  /** What is to be read, one sentence each: units that failed and why, processes that share processors. */
  readonly notices: readonly string[];
}

/**
 * Runs all units of a plan that are not done, each in a process of its own. A unit that fails does not stop the others; its
 * error is kept in its folder and told in the end, and the next call tries it again. Whatever ended a call before, a signal, a
 * crash, a power cut: the same call goes on from there, and ends with the same results, to the bit.
 *
 * @param folder The plan's folder; it is made if need be.
 * @param given The plan; null: the one that the folder has.
 * @returns How far each unit is.
 * @throws {WrongConfiguration} Where the folder has another plan, or the plan is wrong.
 * @throws {Problem} Where the images cannot be loaded or split, or the folder cannot be written.
 * @throws {Interrupted} Where the cell is interrupted or the process asked to end; the units have saved.
 */
export async function runPlan(
  folder: string,
  given: GivenPlan | null,
  options: RunPlanOptions = {},
): Promise<PlanReport> {
  const { workers, watch } = checkOptions("runPlan", runPlanOptions, options);
  const stop = listenForStop();
  try {
    const place = await makePlanFolder(folder, given, workers);
    // Before units ask for the same files side by side.
    for (const { network, networkOfFold = {} } of place.plan.models)
      for (const one of [network, ...Object.values(networkOfFold)])
        if (one.kind === "layers model") await fetchLayers(checkLayers(one));
    stop.check();
    const failures = await runOpen(place, workers, watch, () => stop.requested !== null);
    const units = reportUnits(folder, place.units);
    if (watch !== null) showTable(tableOfUnits(units), { caption: folder, rows: units.length });
    stop.check();
    const notices = [...warnOfThreads(workers, place.plan.threads), ...tellFailures(units, failures)];
    if (watch !== null) showText(notices);
    return { units, done: units.every(({ state }) => state.state === "done"), failures, notices };
  } finally {
    stop.end();
  }
}

async function runOpen(
  { folder, plan, units }: PlanFolder,
  workers: number,
  watch: PlanWatch | null,
  stopped: () => boolean,
): Promise<UnitFailure[]> {
  const isDone = (unit: Unit) => readUnitState(folder, unit).state === "done";
  const total = new Map(units.map((unit) => [unit.number, epochsOf(plan, unit)]));
  const open = units.filter((unit) => !isDone(unit));
  const told = new Map(
    units.map((unit) => [
      unit.number,
      open.includes(unit) ? Math.min(countTrained(folder, unit), total.get(unit.number)!) : total.get(unit.number)!,
    ]),
  );
  const sum = (numbers: Iterable<number>) => [...numbers].reduce((all, one) => all + one, 0);
  watch?.begin(sum(told.values()), sum(total.values()));
  const tell = (unit: Unit, epochs: number, note: string) => {
    const more = Math.max(0, epochs - told.get(unit.number)!);
    told.set(unit.number, told.get(unit.number)! + more);
    watch?.advance(more, note === "" ? describeUnit(unit) : `${describeUnit(unit)}: ${note}`);
  };
  const { threads } = plan;
  const undone = await runUnits({
    // In the plan's order: none waits for another, and all have the same threads.
    units: open.map((unit) => ({ unit, name: unit.folder, needs: [], cost: 0, threads })),
    ...{ workers, processors: describeMachine().processors, stopped },
    folderOf: ({ unit }) => join(folder, unit.folder),
    start: ({ unit }) =>
      startUnit({
        ...{ entry: workerEntry, parameters: [folder, String(unit.number)], threads },
        onProgress: ({ done, note }) => {
          tell(unit, done, note);
        },
      }),
    onEnd({ unit }, end) {
      if (end.kind === "done") tell(unit, total.get(unit.number)!, "done");
      if (end.kind === "failed") tell(unit, 0, end.inUse ? "left to another process" : "failed");
    },
  });
  watch?.end(stopped() ? "stopped and saved" : "");
  return undone.map(({ unit: { unit }, message, wrongConfiguration, inUse }) => ({
    ...{ unit, message, wrongConfiguration, inUse },
  }));
}

function tellFailures(units: readonly UnitReport[], failures: readonly UnitFailure[]): string[] {
  return units.flatMap(({ unit, state }) => {
    if (state.state === "done") return [];
    const failure = failures.find((one) => one.unit.number === unit.number);
    const why = failure?.message ?? (state.state === "failed" ? state.error : null);
    return [
      `${describeUnit(unit)} (unit ${unit.number}) is not done: ${why ?? "it was stopped, and goes on next time."}`,
    ];
  });
}

function warnOfThreads(workers: number, threads: number): string[] {
  const { processors } = describeMachine();
  const room = Math.max(1, Math.floor(processors / threads));
  if (workers <= room) return [];
  return [
    `Of ${workers} processes ${room} ran at a time: each has ${threads} threads, and there are ${processors} processors. The plan keeps its threads, so that results stay the same.`,
  ];
}
