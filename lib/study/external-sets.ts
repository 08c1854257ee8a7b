import { existsSync } from "node:fs";
import { join } from "node:path";

import * as v from "valibot";

import { writeExampleHospital } from "../external/example-hospital";
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
      /** The folder of a finder's training, for images whose lesion nobody has drawn; default: none. */
      finder: v.optional(text("a folder")),
    }),
  ),
});

/** A set that a study is to be tested on. */
export interface ExternalChoice {
  readonly dataset: string;
  readonly shared: "stop" | "leave-out";
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

/**
 * Reads what a command line names behind `--external`.
 *
 * @param given "udiat", or "udiat:without-shared" for without the images that the study has too.
 * @throws {Problem} Where it names no set.
 */
export function readExternalChoice(given: string): ExternalChoice {
  const [, dataset, without] = /^([^:]+?)(:without-shared)?$/.exec(given) ?? [];
  if (dataset === undefined) {
    throw new Problem(
      `--external has ${JSON.stringify(given)}, expected the name of a data set, with ":without-shared" behind it where images that both sets have are to be left out.`,
      "For example: --external udiat",
    );
  }
  return { dataset, shared: without === undefined ? "stop" : "leave-out" };
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
  const sets = [
    ...kept,
    ...choices.map(({ dataset, shared, finder }) => ({ dataset, shared, ...(finder !== undefined && { finder }) })),
  ];
  writeAtomically(fileOf(study), `${JSON.stringify(checkSets({ sets }), null, 1)}\n`);
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

function readNamed(study: StudyPlace): ExternalChoice[] {
  const stored = readStudyFile(fileOf(study));
  return stored === null ? [] : [...checkSets(stored).sets];
}
