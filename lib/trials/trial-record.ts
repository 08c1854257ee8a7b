import { join } from "node:path";

import { writeAtomically } from "../files/write-atomically";
import { parseJson } from "../runs/json";
import { readRun, type SavedRun } from "../runs/read-run";
import { Problem } from "../runtime/problem";
import type { Architecture, NetworkSettings, Space } from "../space/kinds";
import type { PricedNetworks } from "../space/budget";
import type { Candidate, Trial } from "./strategies/pool-strategy";

/** A training of a candidate with weights of its own. Plain data. */
export interface TrialRecord extends Trial, Candidate {
  /** The area under the ROC curve of the inner fold's validation images. */
  readonly area: number;
}

/** What a search by trials has cost, in processor seconds. */
export interface TrialAccounts {
  /** All of it: trainings, scores, and the share of the supernets. */
  readonly seconds: number;
  /** Each training, in their order. */
  readonly trainings: readonly number[];
  /** Scores by shared weights. */
  readonly scoring: number;
  /** The training of all supernets, whole. */
  readonly supernets: number;
  /** Among how many searches the supernets are divided. */
  readonly sharers: number;
}

/** What a search by trials came to. */
export interface TrialSearchResult {
  readonly chosen: Architecture;
  /** Every training, in their order. */
  readonly trials: readonly TrialRecord[];
  readonly accounts: TrialAccounts;
}

/** What such a search was set to, as its record tells it. */
export interface TrialConfiguration {
  readonly strategy: string;
  /** The strategy's name in tables and figures. */
  readonly title: string;
  readonly space: Space;
  readonly network: Partial<NetworkSettings>;
  readonly priced: PricedNetworks;
  readonly seed: number;
}

/** The file of a search's folder with what was chosen and every training. */
export const trialsFile = "trials.json";

const accountsFile = "accounts.json";

/** Keeps what a search has cost. Not by its run, which seals what it writes: equal searches have equal seals, however long they took. */
export function keepAccounts(folder: string, accounts: TrialAccounts): void {
  writeAtomically(join(folder, accountsFile), `${JSON.stringify(accounts)}\n`);
}

/** Says whether a folder holds a search by trials, done or not. */
export function isTrialSearch(run: Pick<SavedRun, "kind">): boolean {
  return run.kind === "trial search";
}

/**
 * Reads what a search by trials was set to.
 *
 * @throws {Problem} Where the folder holds no such search.
 */
export function readTrialConfiguration(folder: string): TrialConfiguration {
  return openTrialSearch(folder).configuration as unknown as TrialConfiguration;
}

/**
 * Reads a search by trials that is done.
 *
 * @param folder The run's folder.
 * @throws {Problem} Where the folder holds no such search, it is not done, or a file is missing.
 */
export function readTrialSearch(folder: string): TrialSearchResult {
  const run = openTrialSearch(folder);
  if (!run.finished)
    throw new Problem(
      `The search by trials in ${folder} is not done.`,
      "Run it to its end: the call that began it goes on.",
    );
  const [result, accounts] = [trialsFile, accountsFile].map((file) => {
    const bytes = run.readFile(file);
    if (bytes !== null) return parseJson(new TextDecoder().decode(bytes));
    throw new Problem(`${file} is missing from ${folder}.`, "Put it back, or remove the folder to search again.");
  });
  return {
    ...(result as unknown as Omit<TrialSearchResult, "accounts">),
    accounts: accounts as unknown as TrialAccounts,
  };
}

/**
 * Reads the trainings of a search by trials, whether it runs, was cut off or is done.
 *
 * @throws {Problem} Where the folder holds no such search.
 */
export function readTrials(folder: string): TrialRecord[] {
  const { metrics } = openTrialSearch(folder);
  return metrics
    .filter(({ event }) => event === "trial")
    .map(({ time: _, event: __, ...trial }) => trial as unknown as TrialRecord);
}

/**
 * Orders the candidates of a search: the chosen one, then the others by how often they were trained, and those that were as often by
 * their mean area.
 *
 * @returns A line a candidate that was trained, with the mean of its areas less that of all trainings on the same folds.
 */
export function rankTrials(
  { trials }: Pick<TrialSearchResult, "trials">,
  chosen: readonly number[],
): readonly (Candidate & { readonly trainings: number; readonly level: number })[] {
  const onFold = new Map<number, number[]>();
  for (const { fold, area } of trials) onFold.set(fold, [...(onFold.get(fold) ?? []), area]);
  const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
  const candidates = new Map<number, TrialRecord[]>();
  for (const trial of trials) candidates.set(trial.candidate, [...(candidates.get(trial.candidate) ?? []), trial]);
  const isChosen = ({ code }: Candidate) => Number(code.join() === chosen.join());
  return [...candidates.values()]
    .map((own) => {
      const { code, parameters, multiplyAdds, shared } = own[0]!;
      const level = mean(own.map(({ area, fold }) => area - mean(onFold.get(fold)!)));
      return { code, parameters, multiplyAdds, shared, trainings: own.length, level };
    })
    .sort((a, b) => isChosen(b) - isChosen(a) || b.trainings - a.trainings || b.level - a.level);
}

function openTrialSearch(folder: string): SavedRun {
  const run = readRun(folder);
  if (isTrialSearch(run)) return run;
  throw new Problem(
    `${folder} holds a run of the kind "${run.kind}", expected a search by trials.`,
    "Give the folder of one.",
  );
}
