import { join } from "node:path";

import type { Progress } from "../display/progress";
import { canonicalJson } from "../files/canonical-json";
import { hashOf } from "../files/checksum";
import { processorSeconds } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import { createRandom } from "../runtime/random";
import { describeDifferences, findDifferences } from "../runs/differences";
import { openRun } from "../runs/open-run";
import type { Run } from "../runs/run";
import type { Json } from "../runs/state";
import { hearSignals, listenForStop } from "../runs/stop";
import type { SearchImages } from "../search/searcher";
import type { PricedNetworks } from "../space/budget";
import { encode } from "../space/encode";
import type { Architecture, NetworkSettings, Space } from "../space/kinds";
import { checkSpace, decisionsOf, type GivenSpace } from "../space/space";
import type { TrainingOptions } from "../train/training-options";
import { timedAreaAlone } from "./area-alone";
import { drawCandidates, type CandidatePool } from "./candidates";
import { checkedSearch } from "./checked-search";
import type { InnerFold, SharedScores } from "./shared-scores";
import type { PoolStrategy, Trial } from "./strategies/pool-strategy";
import { keepAccounts, readTrialSearch, trialsFile, type TrialRecord, type TrialSearchResult } from "./trial-record";

/** What a search needs whose candidates are trained alone. */
export interface TrialTask {
  readonly strategy: PoolStrategy;
  readonly space: GivenSpace;
  /** Settings of networks while they are searched. */
  readonly settings: Partial<NetworkSettings>;
  /** The networks as they are to be used, and what they may cost: candidates are within. */
  readonly priced: PricedNetworks;
  /** How many candidates are drawn by chance to begin with. */
  readonly candidates: number;
  readonly seed: number;
  readonly prepared: SearchImages["prepared"];
  /** The inner folds that candidates are trained on. Test images have no place here. */
  readonly folds: readonly InnerFold[];
  /** How each candidate is trained, apart from the seed. */
  readonly training: Partial<TrainingOptions>;
  /** How much may be used: processor seconds, scores by shared weights included, or trainings. */
  readonly limit: { readonly cpuSeconds?: number | undefined; readonly trainings?: number | undefined };
  /** Scores by shared weights; null: none, and no strategy that uses them can be chosen. */
  readonly shared: SharedScores | null;
  /** Among how many searches the cost of the supernets is divided; default: 1. */
  readonly sharers?: number;
  /** What shows how far it is; null: nothing. It counts trainings, or seconds. */
  readonly progress: Progress | null;
}

/** A training with the processor seconds that it took. */
type TimedTrial = TrialRecord & { readonly seconds: number };

/** What a search remembers: all that it cannot compute again to the bit. */
interface Kept {
  readonly trials: TimedTrial[];
  /** The candidates' scores by shared weights, by their place. */
  readonly scores: number[];
  /** Processor seconds of these scores. */
  scoring: number;
  /** Processor seconds of a training that was stopped. */
  begun: number;
  /** About how many trainings the limit allows; null: that is to be found out. */
  trainings: number | null;
}

const fresh: Kept = { trials: [], scores: [], scoring: 0, begun: 0, trainings: null };

/**
 * Looks for the best network of a space within a budget by a strategy that trains candidates alone, each with weights of its own, on inner
 * folds (in the terms of NNI a multi-trial search, beside the one-shot search of ENAS): what a replay does on a table, on new images. All
 * that it does is paid from the same limit: trainings, supernets and scores by their weights. Each training that is done is kept, so that a
 * search that is cut off goes on after the last one, with the same choices.
 *
 * With a limit in trainings, equal searches have equal outcomes. With one in processor seconds, how many trainings there are depends on the
 * machine; what was recorded stays. The first candidate is then trained at once, to know what a training takes.
 *
 * @param folder The run's folder.
 * @returns What was chosen, and every training.
 * @throws {Problem} Where the strategy wants shared scores and there are none, or they are of another space or of the same images as own
 *   trainings; where it asks for what there is not; where the budget has no networks, or the folder has another task.
 * @throws {Interrupted} Where it is asked to stop; the same call goes on.
 */
export async function searchByTrials(folder: string, task: TrialTask): Promise<TrialSearchResult> {
  const { strategy, settings, prepared, folds, training, seed, priced, limit, candidates } = task;
  const space = checkSpace(task.space);
  const shared = strategy.usesShared ? requireShared(task, space) : null;
  requireBothClasses(task);
  const run = openRun(folder, {
    kind: "trial search",
    configuration: {
      ...{ strategy: strategy.kind, title: strategy.title, space, network: settings, priced, candidates, seed },
      ...{ training, limit, sharers: task.sharers ?? 1 },
    } as unknown as Json,
    inputs: { data: prepared.hash, folds: hashOf(canonicalJson(folds)), shared: shared?.identity ?? "none" },
  });
  const stop = listenForStop();
  try {
    if (run.finished) return readTrialSearch(run.folder);
    const result = await search(run, { ...task, space, shared }, () => {
      stop.check();
    });
    const { chosen, trials } = result;
    run.writeFile(trialsFile, `${JSON.stringify({ chosen, trials }, null, 1)}\n`);
    keepAccounts(run.folder, result.accounts);
    run.finish({ chosen: encode(space, chosen), trainings: trials.length });
    return result;
  } finally {
    stop.end();
    run.close();
  }
}

/** A search under way. */
type Checked = TrialTask & { readonly space: Space };

async function search(run: Run, task: Checked, check: () => void): Promise<TrialSearchResult> {
  const { strategy, space, folds, seed, limit, shared, sharers = 1, progress } = task;
  const kept = (run.latest()?.state.json ?? fresh) as unknown as Kept;
  const state: Kept = structuredClone(kept);
  const random = createRandom(seed);
  const save = () => {
    run.saveCheckpoint(state.trials.length, { json: state as unknown as Json, arrays: new Map() });
  };
  const pool = drawCandidates({
    ...{ space, priced: task.priced, count: task.candidates, random: random.split("candidates") },
    score: shared === null ? null : (architecture, place) => scoreOnce(state, shared, architecture, place),
  });
  const shareOfSupernets = (shared?.seconds ?? 0) / sharers;
  const most = limit.cpuSeconds ?? Infinity;
  const usedBy = (trials: number) =>
    shareOfSupernets + state.scoring + state.trials.slice(0, trials).reduce((sum, { seconds }) => sum + seconds, 0);

  const train = async (trial: Trial): Promise<TimedTrial> => {
    const known = state.trials.find(({ candidate, fold }) => candidate === trial.candidate && fold === trial.fold);
    if (known !== undefined) return known;
    check();
    const measured = await trainOnce(run, task, pool, trial, state, save);
    state.trials.push(measured);
    run.record({ event: "trial", ...withoutSeconds(measured) });
    save();
    await (progress?.advance(
      limit.trainings === undefined ? Math.floor(measured.seconds) : 1,
      `area ${measured.area.toFixed(3)} on inner fold ${trial.fold + 1}`,
    ) ?? hearSignals());
    return measured;
  };
  if (state.trainings === null) {
    // To know what a training takes; whoever asks for it later has it paid already.
    const { seconds } = limit.trainings === undefined ? await train({ candidate: 0, fold: 0 }) : { seconds: 1 };
    const left = limit.trainings ?? Math.max(0, most - usedBy(state.trials.length)) / seconds;
    state.trainings = Math.floor(left);
    save();
  }
  const problem = {
    ...{ candidates: pool.candidates, folds: folds.length, trainings: state.trainings, space: pool },
    options: decisionsOf(space).map(({ options }) => options.length),
  };
  const asking = checkedSearch(strategy, problem, random.split("strategy"));
  let [step, asked] = [asking.next(), 0];
  while (step.done !== true) {
    asked += 1;
    if (asked > (limit.trainings ?? Infinity)) {
      step = asking.next(null);
      continue;
    }
    const { area, candidate, fold } = await train(step.value);
    const place = state.trials.findIndex((one) => one.candidate === candidate && one.fold === fold);
    // The training by which the limit is passed is paid, and not told.
    step = asking.next(usedBy(place + 1) > most ? null : area);
  }
  progress?.finish(`${state.trials.length} trainings`);
  return {
    chosen: pool.architectureOf(step.value),
    trials: state.trials.map((trial) => withoutSeconds(trial)),
    accounts: {
      seconds: usedBy(state.trials.length),
      trainings: state.trials.map(({ seconds }) => seconds),
      ...{ scoring: state.scoring, supernets: shared?.seconds ?? 0, sharers },
    },
  };
}

function requireShared({ strategy, shared, folds }: TrialTask, space: Space): SharedScores {
  if (shared === null)
    throw new Problem(
      `The strategy "${strategy.title}" uses scores by shared weights, and there are none.`,
      "Train supernets and give their scores, or choose another strategy.",
    );
  const differences = findDifferences(shared.space, space);
  if (differences.length > 0)
    throw new Problem(
      `The supernets are of another space, or of another version of it, than the search: ${describeDifferences(differences)}.`,
      "Train supernets of the space that is searched.",
    );
  const scored = new Set(shared.images);
  const both = folds.flatMap(({ validation }) => validation).find((id) => scored.has(id));
  if (both !== undefined)
    throw new Problem(
      `Labels and scores are of the same images: ${both} is validated on by own trainings, and scored by shared weights.`,
      "Give supernets inner folds of their own: what is odd about an image would count for both.",
    );
  return shared;
}

function scoreOnce(state: Kept, shared: SharedScores, architecture: Architecture, place: number): number {
  const known = state.scores[place];
  if (known !== undefined) return known;
  const before = processorSeconds();
  const score = shared.score(architecture);
  state.scores[place] = score;
  state.scoring += processorSeconds() - before;
  return score;
}

async function trainOnce(
  run: Run,
  { settings, prepared, folds, training, seed }: Checked,
  pool: CandidatePool,
  { candidate, fold }: Trial,
  state: Kept,
  save: () => void,
): Promise<TimedTrial> {
  const { area, seconds } = await timedAreaAlone(
    join(run.folder, "training"),
    {
      network: { kind: "found", architecture: pool.architectureOf(candidate), settings },
      images: { prepared, ...folds[fold]! },
      options: { ...training, seed: seed * 1000 + fold },
      watch: null,
    },
    state,
    save,
  );
  const { code, parameters, multiplyAdds, shared } = pool.candidates[candidate]!;
  return { candidate, fold, area, seconds, code, parameters, multiplyAdds, shared };
}

function requireBothClasses({ folds, prepared }: Pick<TrialTask, "folds" | "prepared">): void {
  const classes = new Map(prepared.ids.map((id, place) => [id, prepared.labels[place]!]));
  folds.forEach(({ validation }, fold) => {
    if (new Set(validation.map((id) => classes.get(id))).size === 2) return;
    throw new Problem(
      `The ${validation.length} validation images of inner fold ${fold + 1} are of one class: there is no area under a curve.`,
      "Ask for fewer inner folds, or bring in more images.",
    );
  });
}

function withoutSeconds({ seconds: _, ...trial }: TimedTrial): TrialRecord {
  return trial;
}
