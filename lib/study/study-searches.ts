import { existsSync } from "node:fs";

import { readCandidates, type KeptCandidates } from "../derive/read-candidates";
import { readRun } from "../runs/read-run";
import { Problem } from "../runtime/problem";
import { readSearch, type SearchRecords } from "../search/read-search";
import { readTrialSearch, type TrialSearchResult } from "../trials/trial-record";
import { attempt, type Attempted } from "./attempt";
import { controlOf, foundBy, isByTrials } from "./found-by";
import { controlFolder, deriveFolder, notebookOf, searchFolder } from "./layout";
import type { Study } from "./open-study";

/** One search of a study and what was made of it. */
export interface StudySearchMaterial {
  readonly seed: number;
  /** The name of its strategy: "ENAS". */
  readonly name: string;
  /** The same as a part of files' names: "enas". */
  readonly slug: string;
  /** Whether the study's winner comes from such searches; false: it stands beside them as a control. */
  readonly own: boolean;
  /** What a search with shared weights recorded; of one by trials nothing, and why. */
  readonly records: Attempted<SearchRecords>;
  /** What a search by trials came to; null where it is none. */
  readonly trials: Attempted<TrialSearchResult> | null;
  /** What was derived from it. */
  readonly found: Attempted<KeptCandidates>;
  /** The random architectures that it is judged by; searches of one seed have the same. */
  readonly control: Attempted<KeptCandidates>;
}

/**
 * Reads a study's searches: its own in the order of their seeds, and last the one that is a control, unless the study's own is that.
 *
 * @returns The searches; what is missing of one, not done or damaged is a sentence.
 */
export function readSearches(study: Pick<Study, "path" | "settings">): StudySearchMaterial[] {
  const { name, slug } = foundBy(study);
  const control = controlOf(study);
  const { seeds } = study.settings.search;
  return [
    ...seeds.map((seed) => readOne(study, { seed, name, slug, own: true })),
    ...(control === null ? [] : [readOne(study, { seed: seeds[0]!, ...control, own: false })]),
  ];
}

function readOne(
  study: Pick<Study, "path" | "settings">,
  named: Pick<StudySearchMaterial, "seed" | "name" | "slug" | "own">,
): StudySearchMaterial {
  const { seed, name, slug, own } = named;
  const folder = searchFolder(study, seed, slug);
  const there = <Records>(read: (folder: string) => Records): Records => {
    if (existsSync(folder)) return read(folder);
    const notebook = notebookOf(own ? "search" : "derive");
    throw new Problem(`The ${name} search with the seed ${seed} is missing.`, `Run ${notebook}.`);
  };
  const byTrials = isByTrials(study);
  const records: StudySearchMaterial["records"] = byTrials
    ? { value: null, missing: `The ${name} search with the seed ${seed} has trained its candidates alone.` }
    : attempt(() => there(readSearch));
  return {
    ...{ ...named, records, trials: byTrials ? attempt(() => there(readTrialSearch)) : null },
    found: attempt(() =>
      readDone(deriveFolder(study, seed, slug), `The winner of the ${name} search with the seed ${seed}`),
    ),
    control: attempt(() => readDone(controlFolder(study, seed), `The random control of the seed ${seed}`)),
  };
}

function readDone(folder: string, what: string): KeptCandidates {
  const there = existsSync(folder);
  if (there && readRun(folder).finished) return readCandidates(folder);
  throw new Problem(`${what} is ${there ? "not done" : "missing"}.`, `Run ${notebookOf("derive")}.`);
}
