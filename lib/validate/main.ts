/**
 * `npm run validate`: the units of a plan, from the terminal or by a cluster's scheduler.
 *
 * @module
 */
import "../runtime/say-failures";

import { join, resolve } from "node:path";

import { showTable } from "../display/table";
import { publishAll } from "../evaluate/prediction-file";
import { runCommand } from "../runtime/command";
import { readCommandLine, readCount } from "../runtime/command-line";
import { Problem } from "../runtime/problem";
import { asConfigurationError, exitCodes, runToExitCode } from "../runs/exit-codes";
import { listenForStop } from "../runs/stop";
import { noteFailure } from "../units/unit-folder";
import { startUnit } from "../units/unit-process";
import { makePlanFolder, readPlanFolder } from "./plan-folder";
import { readValidation } from "./read-validation";
import { runPlan, workerEntry } from "./run-plan";
import { reportUnits, tableOfUnits } from "./unit-table";
import { describeUnit, unitOf } from "./units";

const usage = `npm run validate -- --folder DIR              runs all units of the plan in DIR that are not done
npm run validate -- --folder DIR --unit N     runs one unit alone: for a cluster's scheduler
npm run validate -- --folder DIR --list       lists the units and how far they are; makes the folds where there are none

  --workers N    units that run at a time, each in a process of its own; default: 1
  --help         prints this

DIR holds plan.json: validate.runPlan(folder, plan) in a notebook writes it, or you do. Once all is done, predictions/NAME.csv has what each
model says: npm run evaluate -- DIR/predictions/*.csv computes every number from them.
Ends with 0 where all is done; with 64 where the plan is wrong, and trying again cannot help; with 85 where it was stopped and has
saved: run it again; with 86 where another process has it, which is no failure; with 1 where a unit failed, which the next run tries again.
`;

const options = {
  folder: { type: "string" },
  unit: { type: "string" },
  workers: { type: "string" },
  list: { type: "boolean" },
} as const;

/** What the command line says. */
export interface ValidateArguments {
  /** Whether the help is printed, and nothing else. */
  readonly help: boolean;
  /** The plan's folder, an absolute path. */
  readonly folder: string;
  /** The unit that is run alone; null: all of them. */
  readonly unit: number | null;
  /** Whether units are listed and none is run. */
  readonly list: boolean;
  /** Units that run at a time. */
  readonly workers: number;
}

/**
 * Reads the command line.
 *
 * @throws {WrongConfiguration} Where it is not understood.
 */
export function readArguments(parameters: readonly string[]): ValidateArguments {
  try {
    const { values } = readCommandLine("npm run validate", options, parameters);
    const { help = false, list = false, folder } = values;
    if (help) return { help, folder: "", unit: null, list, workers: 1 };
    if (folder === undefined) throw new Problem("--folder is missing.", "Name the plan's folder; --help says more.");
    const unit = readCount("--unit", values.unit, null);
    if (unit !== null && list)
      throw new Problem("--unit and --list were both given.", "Choose one: run a unit, or list them.");
    return { help, folder: resolve(folder), unit, list, workers: readCount("--workers", values.workers, 1) };
  } catch (error) {
    throw asConfigurationError(error);
  }
}

/** Runs the command. */
export async function runValidate(parameters: readonly string[]): Promise<number> {
  return runToExitCode(async () => {
    const request = readArguments(parameters);
    if (request.help) {
      process.stdout.write(usage);
      return exitCodes.done;
    }
    if (request.unit !== null) return await runAlone(request.folder, request.unit);
    if (request.list) {
      const { folder, units } = await makePlanFolder(request.folder, null, request.workers);
      showTable(tableOfUnits(reportUnits(folder, units)), { caption: folder, rows: units.length });
      return exitCodes.done;
    }
    const { done, failures } = await runPlan(request.folder, null, { workers: request.workers });
    if (done) {
      const { plan, models } = readValidation(request.folder);
      const sets = models.map(({ predictions }) => predictions);
      if (plan.predicts !== "validation") publishAll(join(request.folder, "predictions"), sets);
      return exitCodes.done;
    }
    if (failures.length === 0) return exitCodes.saved;
    const own = failures.filter(({ inUse }) => !inUse);
    if (own.length === 0) return exitCodes.inUse;
    return own.every(({ wrongConfiguration }) => wrongConfiguration) ? exitCodes.wrongConfiguration : 1;
  });
}

// In a process of its own like all others, which has the plan's threads whatever those of this one are.
async function runAlone(folder: string, number: number): Promise<number> {
  const { plan, units } = readPlanFolder(folder);
  const unit = unitOf(units, number);
  const name = describeUnit(unit);
  const stop = listenForStop();
  const child = startUnit({
    ...{ entry: workerEntry, parameters: [folder, String(number)], threads: plan.threads },
    onProgress: ({ note }) => process.stdout.write(note === "" ? "" : `${name}: ${note}\n`),
  });
  const look = setInterval(() => {
    if (stop.requested === null) return;
    clearInterval(look);
    child.stop();
  }, 50);
  try {
    const end = await child.ended;
    if (end.kind === "failed") {
      if (!end.told) noteFailure(join(folder, unit.folder), end.message);
      process.stderr.write(`${name}: ${end.message}\n`);
      if (end.inUse) return exitCodes.inUse;
      return end.wrongConfiguration ? exitCodes.wrongConfiguration : 1;
    }
    process.stdout.write(`${name}: ${end.kind === "done" ? "done" : "saved; run it again to go on"}\n`);
    return end.kind === "done" ? exitCodes.done : exitCodes.saved;
  } finally {
    clearInterval(look);
    stop.end();
  }
}

if (require.main === module) runCommand(runValidate);
