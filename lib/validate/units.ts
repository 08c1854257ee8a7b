import * as v from "valibot";

import { wholeNumber, pattern } from "../runtime/option-values";
import { Problem } from "../runtime/problem";
import { WrongConfiguration } from "../runs/exit-codes";
import { parseAs } from "../runs/json";
import type { Split } from "../data/split/split";
import { folderNameOf } from "../files/folder-name";
import type { StudyModel, ValidationPlan } from "./plan";

const unitSchema = v.object({
  /** Its number in the plan, from 1. */
  number: wholeNumber({ from: 1 }),
  model: v.string(),
  /** The fold's name: "fold 1". */
  fold: v.string(),
  seed: wholeNumber(),
  /** Its folder within that of the plan: "units/resnet-18/fold-1-seed-1". */
  folder: pattern(/^units\/[a-z0-9-]+\/[a-z0-9-]+$/, "a folder of a unit"),
});

/** One model on one fold with one seed: what is trained, predicted and kept as a whole. @interface */
export type Unit = Readonly<v.InferOutput<typeof unitSchema>>;

/** A split by its name and those of its folds. */
type SplitNames = Pick<Split, "name"> & { readonly folds: readonly Pick<Split["folds"][number], "name">[] };

/**
 * Lists the units of a plan: all models on all folds with the first seed, then with the next, so that what is done at any time
 * compares as many models as can be.
 *
 * @throws {WrongConfiguration} Where the plan asks for a fold that the split does not have, or has a network or a training for one.
 */
export function listUnits(
  plan: Pick<ValidationPlan, "folds" | "seeds"> & {
    readonly models: readonly Pick<StudyModel, "name" | "networkOfFold" | "trainingOfFold">[];
  },
  split: SplitNames,
): Unit[] {
  const numbers = plan.folds ?? split.folds.map((_, index) => index + 1);
  const chosen = numbers.map((number) => split.folds[number - 1]?.name ?? refuseFold(`fold ${number}`, split));
  const names = split.folds.map(({ name }) => name);
  for (const { networkOfFold = {}, trainingOfFold = {} } of plan.models)
    for (const name of Object.keys({ ...networkOfFold, ...trainingOfFold }))
      if (!names.includes(name)) refuseFold(`"${name}"`, split);
  const units = plan.seeds.flatMap((seed) =>
    chosen.flatMap((fold) => plan.models.map(({ name: model }) => ({ model, fold, seed }))),
  );
  return units.map(({ model, fold, seed }, index) => ({
    ...{ number: index + 1, model, fold, seed },
    folder: `units/${folderNameOf(model)}/${folderNameOf(fold)}-seed-${seed}`,
  }));
}

/** Writes units as lines of JSON, one a unit. */
export function writeUnits(units: readonly Unit[]): string {
  return units.map((unit) => `${JSON.stringify(unit)}\n`).join("");
}

/**
 * Reads what {@link writeUnits} wrote.
 *
 * @throws {Problem} Where a line is no unit, or leads out of the plan's folder.
 */
export function readUnits(text: string, path: string): Unit[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line, index) => {
      const unit = parseAs(unitSchema, line);
      if (unit?.number !== index + 1) {
        throw new Problem(
          `${path}, line ${index + 1} is no unit of a plan: ${line.slice(0, 100)}`,
          "Remove the file, and run the plan again: it is made anew.",
        );
      }
      return unit;
    });
}

/**
 * Finds a unit by its number.
 *
 * @param number The number, from 1.
 * @throws {WrongConfiguration} Where there is none.
 */
export function unitOf(units: readonly Unit[], number: number): Unit {
  const unit = units.find((one) => one.number === number);
  if (unit !== undefined) return unit;
  throw new WrongConfiguration(
    `There is no unit ${number}: the plan has units 1 to ${units.length}.`,
    "Choose one of them; npm run validate -- --folder FOLDER --list shows them.",
  );
}

/**
 * Names a unit in tables and messages.
 *
 * @returns "ResNet-18, fold 1, seed 1".
 */
export function describeUnit({ model, fold, seed }: Pick<Unit, "model" | "fold" | "seed">): string {
  return `${model}, ${fold}, seed ${seed}`;
}

function refuseFold(fold: string, { name, folds }: SplitNames): never {
  throw new WrongConfiguration(
    `The plan asks for ${fold}, but the split "${name}" has ${folds.length}: ${folds.map((one) => one.name).join(", ")}.`,
    "Choose among these, counted from 1.",
  );
}
