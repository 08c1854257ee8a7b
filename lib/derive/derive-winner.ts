import { basename } from "node:path";

import * as v from "valibot";

import type { StrategyDefinition } from "../controller/strategy-definition";

import { startProgress } from "../display/progress";
import { asGiven, oneOf, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { createRandom } from "../runtime/random";
import { openRun } from "../runs/open-run";
import { readRun } from "../runs/read-run";
import type { Json } from "../runs/state";
import { hearSignals, listenForStop, type StopListener } from "../runs/stop";
import { inputsOf, openSearch } from "../search/open-search";
import { readSearch } from "../search/read-search";
import type { Searcher, SearchImages } from "../search/searcher";
import { encode, hashArchitecture } from "../space/encode";
import type { Space } from "../space/kinds";
import { upgradeStored } from "../space/upgrade";
import { isTrialSearch, readTrialConfiguration } from "../trials/trial-record";
import { checkTraining, criteria, trainingSchema } from "../train/training-options";
import type { TrainingWatch } from "../train/watch-training";
import { bestFirst, type Candidate } from "./candidate";
import { candidatesFile, candidatesOf } from "./read-candidates";
import { readScores, scoreInRun } from "./scores";
import { trainStandAlone, type StandAloneTask } from "./stand-alone";
import { candidatesOfTrials } from "./trial-candidates";

/** How a winner is derived: the options. */
export const deriveSchema = v.strictObject({
  /** How many architectures the strategy draws, from 1; default: 100. */
  samples: v.optional(wholeNumber({ from: 1 }), 100),
  /** On how many draws of search-validation images each is scored, from 1; default: 2. */
  draws: v.optional(wholeNumber({ from: 1 }), 2),
  /** How many of the best are scored again on all search-validation images, from 1; default: 20. */
  rescored: v.optional(wholeNumber({ from: 1 }), 20),
  /** How many of the best of these are trained from scratch, from 1; default: 5. */
  trained: v.optional(wholeNumber({ from: 1 }), 5),
  /** How they are trained; default: `trainingDefaults`. */
  training: v.optional(asGiven(trainingSchema), {}),
  /** With how many seeds each is trained from scratch, from 1; its score is the mean. Default: 1. */
  repeats: v.optional(wholeNumber({ from: 1 })),
  /** What names the winner, of the search-validation images, after that; default: "area under the curve". */
  criterion: v.optional(oneOf(criteria), "area under the curve"),
  /** The seed of the draws; default: 1. */
  seed: v.optional(wholeNumber(), 1),
});

/**
 * How a winner is derived.
 *
 * @interface
 */
export type DeriveOptions = v.InferOutput<typeof deriveSchema>;

/** What a derivation needs. */
export interface DeriveTask {
  /** The folder of a search that is done. */
  readonly search: string;
  readonly images: SearchImages;
  readonly options: Partial<DeriveOptions>;
  /** The definition of the search's strategy, where that is none of the library's. */
  readonly strategy?: StrategyDefinition;
  /** Makes what shows how far each training is; null: nothing. Default: a bar each, by `watchTraining`. */
  readonly watch?: ((title: string) => TrainingWatch) | null;
}

/** What a derivation found. Plain data. */
export interface Derivation {
  /** Every architecture that was scored, the best first: by what was done last with it. */
  readonly candidates: readonly Candidate[];
  /** The one that fared best when trained from scratch. */
  readonly winner: Candidate;
}

/**
 * Derives one named winner from a search: many samples of its strategy are scored with the shared weights on draws of the
 * search-validation images; the best again on all of them; the best of these are trained from scratch for a short time; the
 * best of these wins (after Li and Talwalkar, "Random search and reproducibility for neural architecture search", 2019). Of a search
 * by trials, the candidates are those that it trained: what it chose, then those that came furthest. Every architecture that was
 * scored is kept in a file. Where it was cut off, the same call goes on.
 *
 * @throws {Problem} Where the search is not done or of other images, an option is out of range, or the folder has another task.
 * @throws {Interrupted} Where it is asked to stop; each training is saved, and the same call goes on.
 */
export async function deriveWinner(folder: string, task: DeriveTask): Promise<Derivation> {
  const options = checkOptions("Deriving a winner", deriveSchema, task.options);
  checkTraining(options.training, task.images.searchValidation.length);
  const run = openRun(folder, {
    kind: "derivation",
    configuration: options,
    inputs: { ...inputsOf(task.images), search: searchHash(task.search) },
  });
  const stop = listenForStop();
  try {
    const done = run.finished ? run.readFile(candidatesFile) : null;
    if (done !== null) return derivationOf(candidatesOf(done));
    let candidates = upgradeStored(run.latest()?.state.json ?? null) as unknown as readonly Candidate[] | null;
    if (candidates === null) {
      candidates = await scoreForDerivation(folder, task);
      const space = spaceOf(task.search);
      for (const { architecture, standAlone: _, ...rest } of candidates)
        run.record({ event: "scored", ...rest, architecture: encode(space, architecture) });
      run.saveCheckpoint(0, { json: candidates as unknown as Json, arrays: new Map() });
    }
    const chosen = chosenOf(candidates, task.search, options);
    for (const [index, { hash, architecture }] of chosen.entries()) {
      stop.check();
      const place = { ...task, ...options, folder, network: networkOf(task.search) };
      const standAlone = await trainStandAlone(architecture, place, `candidate ${index + 1} of ${chosen.length}`);
      candidates = candidates.map((one) => (one.hash === hash ? { ...one, standAlone } : one));
    }
    const derivation = derivationOf(candidates);
    run.writeFile(candidatesFile, `${JSON.stringify(derivation.candidates, null, 1)}\n`);
    run.finish({ winner: derivation.winner.hash });
    return derivation;
  } finally {
    stop.end();
    run.close();
  }
}

/**
 * Does the first part of {@link deriveWinner} alone: scores what the strategy draws with the shared weights, or ranks the trials.
 *
 * @param folder That of the derivation.
 * @returns Every architecture that was drawn.
 * @throws {Problem} As {@link deriveWinner}.
 * @throws {Interrupted} Where it is asked to stop; it begins anew then.
 */
export async function scoreForDerivation(folder: string, task: DeriveTask): Promise<Candidate[]> {
  const options = checkOptions("Deriving a winner", deriveSchema, task.options);
  const { samples, draws, rescored, seed } = options;
  const inputs = { ...inputsOf(task.images), search: searchHash(task.search) };
  return scoreInRun(folder, { configuration: { samples, draws, rescored, seed }, inputs }, async (stop) => {
    if (isTrialSearch(readRun(task.search))) return candidatesOfTrials(task.search).candidates;
    const searcher = openSearch(task.search, task.images, task.strategy);
    try {
      return await scoreCandidates(searcher, options, { stop, shown: task.watch !== null });
    } finally {
      searcher.dispose();
    }
  });
}

/**
 * Does one training of {@link deriveWinner} alone, once all is scored.
 *
 * @param folder That of the derivation.
 * @param number Which of the best, from 1.
 * @returns Its hash; null where there are not so many different architectures.
 * @throws {Problem} Where nothing is scored yet, or as {@link deriveWinner}.
 * @throws {Interrupted} Where it is asked to stop; all is saved, and the same call goes on.
 */
export async function trainCandidate(folder: string, task: DeriveTask, number: number): Promise<string | null> {
  const options = checkOptions("Deriving a winner", deriveSchema, task.options);
  return trainOne(chosenOf(readScores(folder), task.search, options), number, { ...task, ...options, folder });
}

/** Trains one of some architectures from scratch; null where there are not so many. */
export async function trainOne(
  chosen: readonly Candidate[],
  number: number,
  task: Omit<StandAloneTask, "network"> & Pick<DeriveTask, "search">,
): Promise<string | null> {
  const one = chosen[number - 1];
  if (one === undefined) return null;
  const title = `architecture ${number} of ${chosen.length}`;
  await trainStandAlone(one.architecture, { ...task, network: networkOf(task.search) }, title);
  return one.hash;
}

function chosenOf(
  candidates: readonly Candidate[],
  search: string,
  { trained }: Pick<DeriveOptions, "trained">,
): readonly Candidate[] {
  // Trials come in the order of what they have shown alone; scores by shared weights say less.
  const byTrials = isTrialSearch(readRun(search));
  return (byTrials ? candidates : derivationOf(candidates).candidates).slice(0, trained);
}

/** Reads the space of a search, of shared weights or by trials. */
export function spaceOf(search: string): Space {
  return isTrialSearch(readRun(search)) ? readTrialConfiguration(search).space : readSearch(search).options.space;
}

/**
 * Says which search a derivation or a control belongs to: what it was set to and what it gave, without any path.
 *
 * @throws {Problem} Where the search is not done.
 */
export function searchHash(folder: string): string {
  const { outcome } = readRun(folder);
  if (outcome !== null) return outcome.metrics;
  throw new Problem(
    `The search in ${basename(folder)} is not done.`,
    "Run it to its end first: the call that began it goes on.",
  );
}

/** Reads what all networks of a search have in common. */
export function networkOf(folder: string): Searcher["options"]["network"] {
  return (readRun(folder).configuration as unknown as Searcher["options"]).network;
}

async function scoreCandidates(
  searcher: Searcher,
  options: DeriveOptions,
  { stop, shown }: { stop: StopListener; shown: boolean },
): Promise<Candidate[]> {
  const { samples, draws, rescored, seed } = options;
  const random = createRandom(seed).split("derive");
  const found = new Map<string, Candidate>();
  const progress = shown
    ? startProgress({ title: "score candidates", total: samples + Math.min(samples, rescored) })
    : null;
  for (let sample = 0; sample < samples; sample++) {
    const { architecture } = searcher.strategy.propose(random.split(sample));
    const hash = hashArchitecture(architecture);
    if (!found.has(hash)) {
      // The same draws for all: what is hard in them is hard for each.
      const scores = Array.from({ length: draws }, (_, draw) => searcher.scorer.score(architecture, draw));
      const drawn = scores.reduce((sum, { reward }) => sum + reward, 0) / draws;
      const { parameters, multiplyAdds } = scores[0]!;
      found.set(hash, { hash, architecture, parameters, multiplyAdds, drawn, onAll: null, standAlone: null });
    }
    await progress?.advance();
    await hearSignals();
    stop.check();
  }
  for (const candidate of bestFirst([...found.values()], ({ drawn }) => drawn).slice(0, rescored)) {
    const { reward } = searcher.scorer.score(candidate.architecture, "all");
    found.set(candidate.hash, { ...candidate, onAll: reward });
    await progress?.advance();
    await hearSignals();
    stop.check();
  }
  progress?.finish(`${found.size} different architectures`);
  return [...found.values()];
}

function derivationOf(candidates: readonly Candidate[]): Derivation {
  const ordered = bestFirst(
    bestFirst(
      bestFirst(candidates, ({ drawn }) => drawn),
      ({ onAll }) => onAll,
    ),
    ({ standAlone }) => standAlone?.score ?? null,
  );
  return { candidates: ordered, winner: ordered[0]! };
}
