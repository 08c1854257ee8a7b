import { existsSync } from "node:fs";
import { join } from "node:path";

import * as v from "valibot";

import { writeExampleHospital } from "../external/example-hospital";
import { folderNameOf } from "../files/folder-name";
import { writeAtomically } from "../files/write-atomically";
import { findDataSet } from "../data/sets/registry";
import { cacheRoot, dataRoot } from "../runtime/environment";
import { listOf, oneOf, text } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { placeOf, type StudyPlace } from "./layout";
import type { Study } from "./open-study";
import { readStudyFile } from "./study-file";

const setsSchema = v.strictObject({
  sets: listOf(
    v.strictObject({
      /** The set, as `npm run data -- list` has it. */
      dataset: text("the name of a data set"),
      /** What happens to images that the study has too; default: "stop". */
      shared: v.optional(oneOf(["stop", "leave-out"]), "stop"),
      /** What happens to images with errors; default: "stop". */
      onError: v.optional(oneOf(["stop", "leave-out"])),
      /** What happens to identical images with different labels; default: what happens to those of the study. */
      onContradiction: v.optional(oneOf(["stop", "leave-out", "keep"])),
      /** The folder of a finder's training, for images whose lesion nobody has drawn; default: none. */
      finder: v.optional(text("a folder")),
    }),
  ),
});

/** A set that a study is to be tested on. */
export interface ExternalChoice {
  readonly dataset: string;
  readonly shared: "stop" | "leave-out";
  /** What happens to images with errors; left out: "stop". */
  readonly onError?: "stop" | "leave-out";
  /** What happens to identical images with different labels; left out: what happens to those of the study. */
  readonly onContradiction?: "stop" | "leave-out" | "keep";
  /**
   * The folder of a finder's training, for images whose lesion nobody has drawn: DIR/fold-1/training of `npm run segment`. Left out: that of
   * the study's own outlines, where it takes found ones.
   */
  readonly finder?: string;
  /** The folder in which the set lies; left out: that of all data sets. */
  readonly root?: string;
}

/** The name of the computed hospital that studies on phantoms are tested on where no other set was named. */
const example = "another-hospital";

/** What may stand behind a set's name, and what it says. */
const leftOut: Readonly<Record<string, Partial<ExternalChoice>>> = {
  "without-shared": { shared: "leave-out" },
  "without-contradictions": { onContradiction: "leave-out" },
  "without-errors": { onError: "leave-out" },
};

/**
 * Reads what a command line names behind `--external`.
 *
 * @param given "udiat"; "udiat:without-shared" for without the images that the study has too; "udiat:without-contradictions" for without
 *   identical images of different labels; "udiat:without-errors" for without damaged ones; or several of these, one behind the other.
 * @throws {Problem} Where it names no set.
 */
export function readExternalChoice(given: string): ExternalChoice {
  const [dataset = "", ...without] = given.split(":");
  if (dataset === "" || without.some((one) => !Object.hasOwn(leftOut, one))) {
    throw new Problem(
      `--external has ${JSON.stringify(given)}, expected the name of a data set, with ${Object.keys(leftOut)
        .map((one) => `":${one}"`)
        .join(", ")} behind it where such images are to be left out.`,
      "For example: --external udiat",
    );
  }
  return Object.assign({ dataset, shared: "stop" as const }, ...without.map((one) => leftOut[one])) as ExternalChoice;
}

/**
 * Adds sets to those that a study is tested on. Nothing that is trained depends on them.
 *
 * @param choices The sets; one that is there already is replaced.
 * @throws {Problem} Where there is no such set.
 */
export function nameExternalSets(study: StudyPlace, choices: readonly Omit<ExternalChoice, "root">[]): void {
  for (const { dataset } of choices) findDataSet(dataset, dataRoot());
  const kept = readNamed(study).filter(({ dataset }) => !choices.some((one) => one.dataset === dataset));
  writeNamed(study, [...kept, ...choices]);
}

/**
 * Takes sets out of those that a study is to be tested on. What a test has given already stays in the study's folder and in its report:
 * no outcome is hidden by this.
 *
 * @param datasets Their names.
 * @returns Those that it has been tested on.
 * @throws {Problem} Where one was not named before.
 */
export function takeOutExternalSets(study: StudyPlace, datasets: readonly string[]): string[] {
  const named = readNamed(study);
  const unknown = datasets.find((dataset) => !named.some((one) => one.dataset === dataset));
  if (unknown !== undefined) {
    throw new Problem(
      `${unknown} is none of the sets that the study is to be tested on.`,
      named.length === 0
        ? "There are none; --external SET names one."
        : `They are ${named.map(({ dataset }) => dataset).join(", ")}.`,
    );
  }
  writeNamed(
    study,
    named.filter(({ dataset }) => !datasets.includes(dataset)),
  );
  return datasets.filter((dataset) => existsSync(externalTestFile(study, dataset)));
}

/** Says where a study's folder keeps what a test on another set gave. */
export function externalTestFile(study: StudyPlace, dataset: string): string {
  return placeOf(study, "external", folderNameOf(dataset), "test.json");
}

/**
 * Lists the sets that a study is to be tested on: those that were named, and where none was, for a study on phantoms, the images of a
 * computed hospital, brighter and with other speckle, which are written for it.
 *
 * @throws {Problem} Where the file that keeps them is damaged.
 */
export function externalSets(study: StudyPlace & Pick<Study, "records">): ExternalChoice[] {
  const named = readNamed(study);
  if (named.length > 0 || !study.records.every(({ synthetic }) => synthetic === true)) return named;
  const root = join(cacheRoot(), "example-sets");
  if (!existsSync(join(root, example, "images.csv"))) writeExampleHospital(join(root, example));
  return [{ dataset: example, shared: "stop", root }];
}

const fileOf = (study: StudyPlace) => placeOf(study, "external", "sets.json");

const checkSets = (given: unknown) => checkOptions("The sets of the external test", setsSchema, given as never);

function writeNamed(study: StudyPlace, sets: readonly Omit<ExternalChoice, "root">[]): void {
  writeAtomically(fileOf(study), `${JSON.stringify(checkSets({ sets }), null, 1)}\n`);
}

function readNamed(study: StudyPlace): ExternalChoice[] {
  const stored = readStudyFile(fileOf(study));
  return stored === null ? [] : [...checkSets(stored).sets];
}
