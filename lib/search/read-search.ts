import { nameOfStrategy } from "../controller/strategy-name";
import { Problem } from "../runtime/problem";
import { readRun, type SavedRun } from "../runs/read-run";
import { decode } from "../space/encode";
import type { Architecture } from "../space/kinds";
import { upgradeStored } from "../space/upgrade";
import { storedSearch, type CheckedSearch } from "./search-options";
import type { ScoredRecord, SearchEpoch } from "./search-record";

/** All that a search left in its folder. */
export interface SearchRecords {
  /** The name of its strategy: "ENAS". */
  readonly name: string;
  readonly options: CheckedSearch;
  readonly epochs: readonly SearchEpoch[];
  /** Every architecture that was scored. */
  readonly scored: readonly (ScoredRecord & { readonly decoded: Architecture })[];
  /** The architecture with the best reward of a single draw, the first of equal ones, and that reward; null where none was scored. */
  readonly best: { readonly architecture: Architecture; readonly reward: number } | null;
  readonly finished: boolean;
  /**
   * Seconds that it took up to its newest checkpoint, without interruptions. Where there is no checkpoint, as in a folder that was
   * handed on without: from its begin to its last record by the clock, interruptions included; 0 where nothing is recorded.
   */
  readonly seconds: number;
}

/**
 * Reads a search from its folder alone, whether it runs, was cut off or is done.
 *
 * @throws {Problem} Where the folder has no search, or one of a newer version.
 */
export function readSearch(folder: string): SearchRecords {
  const run = readSearchRun(folder);
  const options = storedSearch(run.configuration);
  const records = run.metrics.map(({ time: _, ...record }) => record as unknown as SearchEpoch | ScoredRecord);
  const scored = records
    .filter((record): record is ScoredRecord => record.event === "scored")
    .map((record) => ({ ...record, decoded: decode(options.space, record.architecture) }));
  return {
    name: nameOfStrategy(options.strategy),
    options,
    epochs: records.filter((record): record is SearchEpoch => record.event === "epoch"),
    scored,
    best: bestOf(scored),
    finished: run.finished,
    seconds: secondsOf(run),
  };
}

function bestOf(scored: SearchRecords["scored"]): SearchRecords["best"] {
  if (scored.length === 0) return null;
  const { decoded, reward } = scored.reduce((one, other) => (other.reward > one.reward ? other : one));
  return { architecture: decoded, reward };
}

function secondsOf(run: SavedRun): number {
  const saved = run.latest()?.state.json as unknown as { place: { seconds: number } } | undefined;
  if (saved !== undefined) return saved.place.seconds;
  const last = run.metrics.at(-1)?.time;
  return typeof last === "string" ? (Date.parse(last) - Date.parse(run.created)) / 1000 : 0;
}

/**
 * Looks at a search's folder.
 *
 * @throws {Problem} Where it is no run's folder, or one of another kind.
 */
export function readSearchRun(folder: string): SavedRun {
  const run = readRun(folder, { upgrade: upgradeStored });
  if (run.kind === "search") return run;
  throw new Problem(
    `${folder} holds a run of the kind "${run.kind}", expected a search.`,
    "Give the folder of a search.",
  );
}
