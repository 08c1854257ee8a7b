import { existsSync } from "node:fs";
import { join } from "node:path";

import * as v from "valibot";

import { writeAtomically } from "../files/write-atomically";
import { packageVersion } from "../runtime/environment";
import { nearestOf } from "../runtime/nearest";
import { oneOf, text, wholeNumber } from "../runtime/option-values";
import { checkStored } from "../runtime/options";
import { parseJson } from "../runs/json";
import { WrongConfiguration } from "../runs/exit-codes";
import { readOwnFile } from "../runs/read-own-file";
import { readUnits, writeUnits, type Unit } from "../units/unit";
import type { StudyChoice } from "./changes";
import { layout } from "./layout";

const planSchema = v.object({
  version: oneOf([1]),
  /** The version of SonoNAS that planned it. */
  sononas: text(),
  /** The study, as it was chosen. */
  choice: v.object({ profile: text(), dataset: text(), changes: v.record(v.string(), v.unknown()) }),
  /** The threads of each process. */
  threads: wholeNumber({ from: 1 }),
});

/** What a study's units are: the file `units/plan.json`, and beside it the list of them. */
export interface StudyPlan {
  readonly sononas: string;
  readonly choice: Required<StudyChoice>;
  readonly threads: number;
  /** In the order in which they are listed. */
  readonly units: readonly Unit[];
}

const mostBytes = 1e9;

const placesIn = (folder: string) => {
  const place = join(folder, layout.units.place);
  return { plan: join(place, "plan.json"), units: join(place, "units.jsonl") };
};

/**
 * Reads what a study's units are, from its folder alone. TensorFlow is not loaded.
 *
 * @param folder The study's.
 * @returns The plan; null where there is none yet.
 * @throws {WrongConfiguration} Where it was planned by another version.
 * @throws {Problem} Where a file is damaged.
 */
export function readStudyPlan(folder: string): StudyPlan | null {
  const places = placesIn(folder);
  const [plan, units] = [places.plan, places.units].map((path) => readOwnFile(path, mostBytes));
  if (plan === null || units === null || plan === undefined || units === undefined) return null;
  const fix = "Remove it, and start the study again: it is planned anew.";
  const stored = checkStored(places.plan, planSchema, parse(plan), fix);
  return { ...stored, choice: stored.choice as Required<StudyChoice>, units: readUnits(textOf(units), places.units) };
}

/**
 * Writes what a study's units are, where the folder does not say so already.
 *
 * @throws {Problem} Where it cannot be written.
 */
export function writeStudyPlan(folder: string, { choice, threads, units }: Omit<StudyPlan, "sononas">): void {
  const places = placesIn(folder);
  const plan = { version: 1, sononas: packageVersion("sononas"), choice, threads };
  writeWhereOther(places.units, writeUnits(units));
  writeWhereOther(places.plan, `${JSON.stringify(plan, null, 1)}\n`);
}

/**
 * Finds a unit by its name.
 *
 * @throws {WrongConfiguration} Where there is no plan, or no such unit in it.
 */
export function plannedUnit(folder: string, name: string): { readonly plan: StudyPlan; readonly unit: Unit } {
  const plan = readStudyPlan(folder);
  if (plan === null) {
    throw new WrongConfiguration(
      `${folder} has no plan of units${existsSync(folder) ? "" : ": it cannot be seen from here"}.`,
      "Start the study where its data is, with --on; a cluster's nodes must see its folder by the same path.",
    );
  }
  const unit = plan.units.find((one) => one.name === name);
  if (unit !== undefined) return { plan, unit };
  const near = nearestOf(
    name,
    plan.units.map((one) => one.name),
  );
  throw new WrongConfiguration(
    `The study in ${folder} has no unit "${name}".`,
    `${near === null ? "" : `Did you mean "${near}"? `}--list names them.`,
  );
}

function parse(bytes: Uint8Array): unknown {
  try {
    return parseJson(textOf(bytes));
  } catch {
    return null;
  }
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

// Nodes may be reading it: what is the same stays.
function writeWhereOther(path: string, contents: string): void {
  const there = readOwnFile(path, mostBytes);
  if (there === null || textOf(there) !== contents) writeAtomically(path, contents);
}
