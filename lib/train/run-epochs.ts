import { systemClock, type Clock } from "../runtime/environment";
import type { Run } from "../runs/run";
import type { Json, StoredArray } from "../runs/state";
import { hearSignals, type StopListener } from "../runs/stop";
import type { TrainingWatch } from "./watch-training";

/** What a step of an epoch gave. */
export interface EpochStep {
  /** Mean loss of the batch. */
  readonly loss: number;
  /** The sum over the batch's images of what was right about each, 0 to 1. */
  readonly right: number;
  readonly images: number;
  /** The norm of the gradients, before it was bounded. */
  readonly norm: number;
  readonly rate: number;
}

/** What the steps of an epoch gave together. */
export interface EpochMeans {
  /** The epoch, from 1. */
  readonly epoch: number;
  /** The learning rate of its last step. */
  readonly rate: number;
  /** Mean loss of its images. */
  readonly loss: number;
  /** The mean over its images of what was right about each, 0 to 1. */
  readonly right: number;
  /** The mean norm of its steps' gradients, before it was bounded. */
  readonly norm: number;
}

/** What learns, epoch by epoch; what a step does depends on its number alone. */
export interface EpochLearner<Record> {
  readonly stepsPerEpoch: number;

  /** Learns from one batch; the step, from 0, is counted over all epochs. */
  step(step: number): EpochStep;

  /** Measures what has been learned after an epoch. */
  measure(means: EpochMeans): Record;

  /** Copies out the weights that would be kept now. */
  kept(prefix: string): Map<string, StoredArray>;

  /** Copies out all that has been learned. */
  arrays(): Map<string, StoredArray>;

  /** Goes on from what an earlier learner had learned in so many steps. */
  restore(arrays: ReadonlyMap<string, StoredArray>, steps: number): void;
}

/** How long it learns, and which weights are kept. A rank is the higher the better, -Infinity where it is not defined. */
export interface EpochRules<Record> {
  readonly epochs: number;
  /** By what the best weights are told; null: the last ones are kept. */
  readonly keep: ((record: Record) => number) | null;
  /** It ends after `patience` epochs that were no better; null: never before the last. */
  readonly earlyStopping: { readonly rank: (record: Record) => number; readonly patience: number } | null;
}

/** What surrounds it; all of it may be left out. */
export interface EpochContext<Record> {
  /** Where checkpoints and metrics go, and what is carried on from; null: nowhere. */
  readonly run: Run | null;
  /** What asks it to stop; null: nobody. */
  readonly stop: StopListener | null;
  /** What shows how far it is; null: nothing. */
  readonly watch: TrainingWatch<Record> | null;
  /** Where the time comes from; default: this machine's clock. */
  readonly clock: Clock;
}

/** What came of it. */
export interface EpochsRun<Record> {
  /** What was measured, epoch by epoch. */
  readonly history: readonly Record[];
  /** The epoch whose weights are to be kept, from 1. */
  readonly keptEpoch: number;
  /** These weights, by the prefix `best/` and their keys; empty where they are the learner's own. */
  readonly best: ReadonlyMap<string, StoredArray>;
  /** Whether it ended before its last epoch. */
  readonly stoppedEarly: boolean;
  /** Seconds that it took, without interruptions. */
  readonly seconds: number;
}

/** Where the best weights are found among arrays. */
export const bestPrefix = "best/";

/** What is remembered beside the learner's arrays. */
interface Progress<Record> {
  step: number;
  loss: number;
  right: number;
  images: number;
  norm: number;
  history: Record[];
  best: { epoch: number; rank: number } | null;
  leading: { epoch: number; rank: number } | null;
  seconds: number;
  ended: boolean;
}

/**
 * Lets a learner learn to its last epoch. With a run, it saves a checkpoint after every epoch and wherever it is asked to stop, and
 * the same call goes on from there, to the bit as if it had not been stopped.
 *
 * @throws {Problem} What the learner throws; the last checkpoint stays.
 * @throws {Interrupted} Where it was asked to stop; all is saved.
 */
export async function runEpochs<Record extends object>(
  learner: EpochLearner<Record>,
  rules: EpochRules<Record>,
  around: Partial<EpochContext<Record>>,
): Promise<EpochsRun<Record>> {
  const { run = null, stop = null, watch = null, clock = systemClock } = around;
  const { keep, earlyStopping } = rules;
  const progress = emptyProgress<Record>();
  let bestArrays: ReadonlyMap<string, StoredArray> = new Map();
  const saved = run?.latest() ?? null;
  if (saved !== null) {
    Object.assign(progress, fromJson<Record>(saved.state.json));
    learner.restore(saved.state.arrays, progress.step);
    bestArrays = new Map([...saved.state.arrays].filter(([key]) => key.startsWith(bestPrefix)));
  }
  const { stepsPerEpoch } = learner;
  const last = rules.epochs * stepsPerEpoch;
  const before = progress.seconds;
  const started = clock.seconds();
  const save = () => {
    progress.seconds = before + clock.seconds() - started;
    run?.saveCheckpoint(progress.step, {
      json: toJson(progress),
      arrays: new Map([...learner.arrays(), ...bestArrays]),
    });
  };
  watch?.begin(progress.step, last, progress.history);

  while (!progress.ended && progress.step < last) {
    if (stop !== null && stop.requested !== null) {
      save();
      stop.check();
    }
    const result = learner.step(progress.step);
    progress.step += 1;
    progress.loss += result.loss * result.images;
    progress.right += result.right;
    progress.images += result.images;
    progress.norm += result.norm;
    await (watch?.step(`loss ${result.loss.toPrecision(4)}`) ?? hearSignals());
    if (progress.step % stepsPerEpoch !== 0) continue;

    const epoch = progress.step / stepsPerEpoch;
    const record = learner.measure({
      ...{ epoch, rate: result.rate, norm: progress.norm / stepsPerEpoch },
      ...{ loss: progress.loss / progress.images, right: progress.right / progress.images },
    });
    progress.history.push(record);
    Object.assign(progress, { loss: 0, right: 0, images: 0, norm: 0 });
    run?.record({ ...record } as Parameters<Run["record"]>[0]);
    watch?.epoch(progress.history);
    if (keep !== null && leads(progress.best, keep(record))) {
      progress.best = { epoch, rank: keep(record) };
      bestArrays = learner.kept(bestPrefix);
    }
    if (earlyStopping !== null) {
      const rank = earlyStopping.rank(record);
      if (leads(progress.leading, rank)) progress.leading = { epoch, rank };
      progress.ended = epoch - progress.leading!.epoch >= earlyStopping.patience;
    }
    save();
  }
  watch?.end(progress.history);
  return {
    history: progress.history,
    keptEpoch: progress.best?.epoch ?? progress.history.length,
    best: bestArrays,
    stoppedEarly: progress.ended && progress.step < last,
    seconds: before + clock.seconds() - started,
  };
}

function emptyProgress<Record>(): Progress<Record> {
  return {
    ...{ step: 0, loss: 0, right: 0, images: 0, norm: 0 },
    ...{ history: [], best: null, leading: null, seconds: 0, ended: false },
  };
}

// The first epoch leads, even with a value that is not defined.
function leads(before: { rank: number } | null, rank: number): boolean {
  return before === null || rank > before.rank;
}

// JSON has no -Infinity, the rank of an epoch whose criterion is not defined.
function toJson<Record>(progress: Progress<Record>): Json {
  const plain = (at: Progress<Record>["best"]) =>
    at === null ? null : { epoch: at.epoch, rank: Number.isFinite(at.rank) ? at.rank : null };
  return { ...progress, best: plain(progress.best), leading: plain(progress.leading) } as unknown as Json;
}

function fromJson<Record>(json: Json): Progress<Record> {
  const stored = json as unknown as Progress<Record>;
  const full = (at: Progress<Record>["best"]) =>
    at === null ? null : { epoch: at.epoch, rank: (at.rank as number | null) ?? -Infinity };
  return { ...stored, history: [...stored.history], best: full(stored.best), leading: full(stored.leading) };
}
