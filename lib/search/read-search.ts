import { Problem } from "../runtime/problem";
import { readRun, type SavedRun } from "../runs/read-run";
import { decode } from "../space/encode";
import type { Architecture } from "../space/architecture";
import { checkSearch, type CheckedSearch, type SearchOptions } from "./search-options";
import type { ScoredRecord, SearchEpoch } from "./search-record";

/** All that a search left in its folder. */
export interface SearchRecords {
  /** How it went. */
  readonly options: CheckedSearch;
  /** Its epochs so far. */
  readonly epochs: readonly SearchEpoch[];
  /** Every architecture that was scored. */
  readonly scored: readonly (ScoredRecord & { readonly decoded: Architecture })[];
  /** Whether it is done. */
  readonly finished: boolean;
  /** Seconds that it took up to its newest checkpoint, without interruptions; 0 where there is none. */
  readonly seconds: number;
}

/**
 * Reads a search from its folder alone, whether it runs, was cut off or is done.
 *
 * @param folder The run's folder.
 * @returns What it left.
 * @throws {Problem} Where the folder has no search, or one of a newer version.
 */
export function readSearch(folder: string): SearchRecords {
  const run = readSearchRun(folder);
  const options = checkSearch(run.configuration as unknown as SearchOptions);
  const records = run.metrics as unknown as readonly (SearchEpoch | ScoredRecord)[];
  return {
    options,
    epochs: records.filter((record): record is SearchEpoch => record.event === "epoch"),
    scored: records
      .filter((record): record is ScoredRecord => record.event === "scored")
      .map((record) => ({ ...record, decoded: decode(options.space.space, record.architecture) })),
    finished: run.finished,
    seconds: (run.latest()?.state.json as unknown as { place: { seconds: number } } | undefined)?.place.seconds ?? 0,
  };
}

/**
 * Looks at a search's folder.
 *
 * @param folder The folder.
 * @returns What it holds.
 * @throws {Problem} Where it is no run's folder, or one of another kind.
 */
export function readSearchRun(folder: string): SavedRun {
  const run = readRun(folder);
  if (run.kind === "search") return run;
  throw new Problem(
    `${folder} holds a run of the kind "${run.kind}", expected a search.`,
    "Give the folder of a search.",
  );
}
