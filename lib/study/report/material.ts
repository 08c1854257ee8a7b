import { existsSync } from "node:fs";

import { candidatesFile } from "../../derive/read-candidates";
import type { Candidate } from "../../derive/candidate";
import { Problem } from "../../runtime/problem";
import { parseJson } from "../../runs/json";
import { readRun } from "../../runs/read-run";
import { readSearch, type SearchRecords } from "../../search/read-search";
import { upgradeStored } from "../../space/upgrade";
import { readValidation, type Validation } from "../../validate/read-validation";
import { controlFolder, deriveFolder, notebookOf, placeOf, searchFolder } from "../layout";
import { readComparisonFiles, type StudyComparison } from "../comparison-files";
import type { Study } from "../open-study";
import { readWinner, type Winner } from "../winner";

/** A part of a study's folder, or a sentence that says why it is not there and what to run. */
export type Attempted<Value> =
  { readonly value: Value; readonly missing: null } | { readonly value: null; readonly missing: string };

/** One search and what was made of it. */
export interface SearchMaterial {
  /** Its seed. */
  readonly seed: number;
  /** Its name: "ENAS" or "uniform". */
  readonly name: string;
  /** Its records. */
  readonly records: Attempted<SearchRecords>;
  /** The candidates that were derived from it. */
  readonly candidates: Attempted<readonly Candidate[]>;
  /** The random architectures that it is judged by. */
  readonly control: Attempted<readonly Candidate[]>;
}

/** All that a study's folder holds. */
export interface StudyMaterial {
  /** The searches with their learning strategy, in the order of their seeds. */
  readonly searches: readonly SearchMaterial[];
  /** The search whose strategy stays uniform. */
  readonly uniform: SearchMaterial;
  /** What the study goes on with. */
  readonly winner: Attempted<Winner>;
  /** The cross-validation of the found network and of random ones. */
  readonly found: Attempted<Validation>;
  /** The cross-validation of the hand-crafted networks. */
  readonly handCrafted: Attempted<Validation>;
  /** The models side by side. */
  readonly comparison: Attempted<StudyComparison>;
}

/**
 * Reads all that a study's folder holds. What is missing, not done or damaged is a sentence, so that a study that is not at
 * its end has a report too.
 *
 * @param study The study.
 * @returns The parts.
 */
export function readMaterial(study: Pick<Study, "path" | "settings" | "name">): StudyMaterial {
  const { settings } = study;
  const [first] = settings.search.seeds;
  return {
    searches: settings.search.seeds.map((seed) => readOne(study, seed, "enas")),
    uniform: readOne(study, first!, "uniform"),
    winner: attempt(() => readWinner(study)),
    found: readPlan(study, "found", "The found network"),
    handCrafted: readPlan(study, "handCrafted", "The hand-crafted networks"),
    comparison: attempt(() => {
      const comparison = readComparisonFiles(study);
      if (comparison !== null) return comparison;
      throw new Problem("The models have not been compared yet.", `Run ${notebookOf("comparison")} of the same study.`);
    }),
  };
}

/**
 * Does something that a user's folder can make fail.
 *
 * @param read What is done.
 * @returns What it gave, or what the {@link Problem} said.
 * @throws {Error} What is no problem of the folder's.
 */
export function attempt<Value>(read: () => Value): Attempted<Value> {
  try {
    return { value: read(), missing: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { value: null, missing: error.message };
  }
}

function readOne(study: Pick<Study, "path" | "settings">, seed: number, strategy: "enas" | "uniform"): SearchMaterial {
  const name = strategy === "enas" ? "ENAS" : "uniform";
  const folder = searchFolder(study, seed, strategy);
  const notebook = notebookOf(strategy === "enas" ? "search" : "derive");
  const derived = deriveFolder(study, seed, strategy);
  return {
    seed,
    name,
    records: attempt(() => {
      if (existsSync(folder)) return readSearch(folder);
      throw new Problem(`The ${name} search with the seed ${seed} is missing.`, `Run ${notebook}.`);
    }),
    candidates: attempt(() => readCandidates(derived, `The winner of the ${name} search with the seed ${seed}`)),
    control: attempt(() => readCandidates(controlFolder(study, seed), `The random control of the seed ${seed}`)),
  };
}

function readCandidates(folder: string, what: string): Candidate[] {
  const run = existsSync(folder) ? readRun(folder) : null;
  const bytes = run?.finished === true ? run.readFile(candidatesFile) : null;
  if (bytes === null) {
    throw new Problem(`${what} is ${run === null ? "missing" : "not done"}.`, `Run ${notebookOf("derive")}.`);
  }
  return upgradeStored(parseJson(new TextDecoder().decode(bytes))) as unknown as Candidate[];
}

function readPlan(study: Pick<Study, "path">, part: "found" | "handCrafted", what: string): Attempted<Validation> {
  return attempt(() => {
    const folder = placeOf(study, part);
    if (existsSync(folder)) return readValidation(folder, "done");
    throw new Problem(
      `${what} has not been cross-validated yet.`.replace(/s has/, "s have"),
      `Run ${notebookOf(part)}.`,
    );
  });
}
