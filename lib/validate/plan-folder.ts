import { join } from "node:path";

import { withinFile } from "../files/within-file";
import { writeAtomically } from "../files/write-atomically";
import { readSplit, writeSplit } from "../data/split/split-file";
import { describeMachine } from "../runtime/environment";
import { describeDifferences, findDifferences } from "../runs/differences";
import { asConfigurationError, WrongConfiguration } from "../runs/exit-codes";
import { parseJson } from "../runs/json";
import { readOwnFile } from "../runs/read-own-file";
import { loadPlanRecords, splitPlan } from "./images";
import { checkPlan, type GivenPlan, type ValidationPlan } from "./plan";
import { requireTestParts } from "../train/test-door";
import { listUnits, readUnits, writeUnits, type Unit } from "./units";

/** The file of a plan's folder with the plan. */
export const planFile = "plan.json";

/** The file with its folds. */
export const splitFile = "split.json";

/** The file with its units. */
export const unitsFile = "units.jsonl";

/** A plan whose number of threads is settled. */
export type SettledPlan = ValidationPlan & {
  readonly threads: number;
};

/** The folder of a plan. */
export interface PlanFolder {
  readonly folder: string;
  readonly plan: SettledPlan;
  /** Its units, in the order of their numbers. */
  readonly units: readonly Unit[];
}

/** The most bytes that one of these files may have. */
const mostBytes = 1e9;

/**
 * Makes the folder of a plan, or finds that it is there already: writes the plan, makes its folds and lists its units. Nothing
 * is trained.
 *
 * @param folder The folder; it is made if need be.
 * @param given The plan; null: the one that the folder has, which may have been written by hand.
 * @param workers How many processes will train at a time: where the plan leaves the threads open, each gets its share of the
 *   processors.
 * @throws {WrongConfiguration} Where the folder has another plan, or none and none is given, or the plan is wrong.
 * @throws {Problem} Where the images cannot be loaded or split, or the folder cannot be written.
 */
export async function makePlanFolder(folder: string, given: GivenPlan | null, workers: number): Promise<PlanFolder> {
  const kept = readKeptPlan(folder);
  const asked = given === null ? kept : asConfiguration(() => checkPlan(given));
  if (asked === null) throw noPlan(folder);
  const { processors } = describeMachine();
  const threads = asked.threads ?? kept?.threads ?? Math.max(1, Math.floor(processors / workers));
  const plan: SettledPlan = { ...asked, threads };
  if (kept !== null) requireSame(folder, { ...kept, threads: kept.threads ?? threads }, plan);
  // Also where it is there: one that was written by hand may lack what has defaults.
  if (kept?.threads !== threads) writeAtomically(join(folder, planFile), `${JSON.stringify(plan, null, 1)}\n`);

  const units = readUnitsOf(folder);
  if (units !== null && readOwnFile(join(folder, splitFile), mostBytes) !== null) return { folder, plan, units };
  const records = await loadPlanRecords(plan);
  const path = join(folder, splitFile);
  if (readOwnFile(path, mostBytes) === null) {
    const split = splitPlan(plan, records);
    requireTestParts(split);
    writeSplit(path, split);
  }
  const listed = listUnits(plan, readSplit(path, { dataHash: records.loaded.dataHash }));
  writeAtomically(join(folder, unitsFile), writeUnits(listed));
  return { folder, plan, units: listed };
}

/**
 * Reads the folder of a plan.
 *
 * @throws {WrongConfiguration} Where there is no plan, or its units were not listed yet.
 * @throws {Problem} Where a file is damaged.
 */
export function readPlanFolder(folder: string): PlanFolder {
  const plan = readKeptPlan(folder);
  if (plan === null) throw noPlan(folder);
  const units = readUnitsOf(folder);
  if (units === null || plan.threads === null) {
    throw new WrongConfiguration(
      `${folder} has a plan whose units were not listed yet.`,
      `List them: npm run validate -- --folder ${folder} --list`,
    );
  }
  return { folder, plan: { ...plan, threads: plan.threads }, units };
}

/** Reads the plan of a folder; null where there is none yet. */
export function readKeptPlan(folder: string): ValidationPlan | null {
  const path = join(folder, planFile);
  const bytes = readOwnFile(path, mostBytes);
  if (bytes === null) return null;
  let data: unknown;
  try {
    data = parseJson(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new WrongConfiguration(
      `${path} is no JSON: ${(error as Error).message.slice(0, 200)}.`,
      "Correct it, or choose another folder.",
    );
  }
  return asConfiguration(() =>
    withinFile(path, () => checkPlan(data as GivenPlan), "Correct it, or choose another folder."),
  );
}

function readUnitsOf(folder: string): Unit[] | null {
  const path = join(folder, unitsFile);
  const bytes = readOwnFile(path, mostBytes);
  return bytes === null ? null : withinFile(path, () => readUnits(new TextDecoder().decode(bytes), path));
}

function requireSame(folder: string, kept: ValidationPlan, asked: ValidationPlan): void {
  const differences = findDifferences(kept, asked);
  if (differences.length === 0) return;
  throw new WrongConfiguration(
    `${folder} has another plan: ${describeDifferences(differences)}.`,
    "Choose another folder for this plan, or give that one.",
  );
}

function noPlan(folder: string): WrongConfiguration {
  return new WrongConfiguration(
    `${folder} has no ${planFile}.`,
    "Make it with validate.runPlan(folder, plan), or write the plan there as JSON.",
  );
}

// What is wrong in a plan is wrong each time: whoever tries again automatically must not.
function asConfiguration<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw asConfigurationError(error);
  }
}
