import { existsSync, readdirSync } from "node:fs";
import { basename, isAbsolute, join } from "node:path";

import { readComparison } from "../compare/comparison-file";
import type { ComparisonRow } from "../compare/comparison-rows";
import type { PredictionSet } from "../evaluate/predictions";
import { resultsRoot } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { readValidation, type ValidatedModel } from "../validate/read-validation";
import { layout, placeIn, placeOf, type StudyPlace } from "./layout";
import { withInnerFolds } from "./inner-folds";
import { filledSettings, readFacts, type StudyFacts } from "./study-facts";

/** A study as it stands beside others: what it was set to, and what its networks said. */
export interface StandingStudy extends StudyPlace {
  /** Its name, which is that of its folder. */
  readonly name: string;
  /** What it was set to, with every default. */
  readonly settings: StudyFacts["settings"];
  /** The hash of its images' files, and which of them it takes. */
  readonly images: Pick<StudyFacts, "dataHash" | "sample">;
  /** Its networks whose units are all done, the found one first. */
  readonly models: readonly ValidatedModel[];
  /** Their rows in `comparison.csv`, where there is one. */
  readonly rows: readonly ComparisonRow[];
}

/**
 * Lists the studies in a folder of results that have tested networks.
 *
 * @param root The folder with all results; default: the project's.
 * @returns Their folders, in order of their names.
 */
export function listStudies(root: string = resultsRoot): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(root, name))
    .filter((folder) => existsSync(join(folder, layout.facts.place)) && existsSync(placeOf(placeIn(folder), "found")))
    .sort();
}

/**
 * Reads a study from its folder alone, of any version.
 *
 * @param folder The folder: its path, or its name in `results`.
 * @throws {Problem} Where it is no study, none of its networks is tested, or a file is damaged.
 */
export function readStanding(folder: string): StandingStudy {
  const place = placeIn(isAbsolute(folder) ? folder : join(resultsRoot, folder));
  const name = basename(place.path());
  const facts = readFacts(place);
  if (facts === null) {
    throw new Problem(`${place.path()} has no ${layout.facts.place}.`, "Name the folder of a study in results.");
  }
  const settings = filledSettings(facts.settings);
  const models = (["found", "handCrafted"] as const)
    .filter((part) => existsSync(placeOf(place, part)))
    .flatMap(
      (part) => withInnerFolds({ ...place, settings }, part, readValidation(placeOf(place, part), "done")).models,
    )
    .filter(({ missing }) => missing.length === 0);
  if (models.length === 0) {
    throw new Problem(`${name} has no network that is tested on all its folds.`, "Run its notebooks up to 06.");
  }
  const table = placeOf(place, "comparison");
  return {
    ...place,
    name,
    settings,
    images: { dataHash: facts.dataHash, sample: facts.sample },
    models,
    rows: existsSync(table) ? readComparison(table) : [],
  };
}

/**
 * Says why a study cannot be laid beside another: numbers of other images are not its numbers.
 *
 * @param one The study that others are held against.
 * @returns One sentence; null where they can be compared.
 */
export function whyApart(one: StandingStudy, other: StandingStudy): string | null {
  const apart = (what: string) => `${other.name} cannot be compared with ${one.name}: ${what}.`;
  if (other.images.dataHash !== one.images.dataHash)
    return apart("it is of other images, or of files that have changed since");
  if (other.images.sample !== one.images.sample) return apart("it takes another sample of the images");
  const [ours, theirs] = [testedOf(one.models[0]!.predictions), testedOf(other.models[0]!.predictions)];
  const shared = [...theirs].filter((test) => ours.has(test)).length;
  return shared === ours.size && shared === theirs.size
    ? null
    : apart(`it tests ${theirs.size} images and the other ${ours.size}, ${shared} of them the same in the same folds`);
}

const testedOf = ({ rows }: PredictionSet) =>
  new Set(rows.filter(({ part }) => part === "test").map(({ fold, id }) => JSON.stringify([fold, id])));
