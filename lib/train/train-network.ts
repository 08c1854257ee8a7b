import type { Normalisation } from "../data/prepare/normalise";
import type { Graph } from "../graph/graph";
import type { WeightBank } from "../networks/weights/weight-bank";
import { systemClock, type Clock } from "../runtime/environment";
import type { Run } from "../runs/run";
import type { Json, StoredArray } from "../runs/state";
import { hearSignals, type StopListener } from "../runs/stop";
import { rankOf, type EpochRecord } from "./history";
import { hasTargets, makeTargets } from "./auxiliary-targets";
import { learnedGraph, type LearnedNetwork } from "./learned-network";
import { Learner, type TrainingImages } from "./learner";
import { setWeights } from "./stored-weights";
import { checkTraining, type TrainingOptions } from "./training-options";
import type { TrainingWatch } from "./watch-training";

/** What surrounds a training; all of it may be left out. */
export interface TrainingContext {
  /** Where checkpoints and metrics go, and what is carried on from; null: nowhere. */
  readonly run: Run | null;
  /** What asks it to stop; null: nobody. */
  readonly stop: StopListener | null;
  /** What shows how far it is; null: nothing. */
  readonly watch: TrainingWatch | null;
  /** Weights to start with, by key; null: fresh ones. */
  readonly start: ReadonlyMap<string, StoredArray> | null;
  /** Where the time comes from; default: this machine's clock. */
  readonly clock: Clock;
}

/** A network that was trained. */
export interface Trained {
  readonly graph: Graph;
  /** Its weights, moving means and variances included; the caller disposes them. */
  readonly weights: WeightBank;
  readonly normalisation: Normalisation;
  /** What was measured, epoch by epoch. */
  readonly history: readonly EpochRecord[];
  /** The epoch whose weights were kept, from 1. */
  readonly keptEpoch: number;
  /** Whether it ended before its last epoch. */
  readonly stoppedEarly: boolean;
  /** Seconds that it took, without interruptions. */
  readonly seconds: number;
}

/** What a training remembers beside the learner's arrays. */
interface Progress {
  step: number;
  loss: number;
  right: number;
  images: number;
  norm: number;
  history: EpochRecord[];
  best: { epoch: number; rank: number } | null;
  leading: { epoch: number; rank: number } | null;
  seconds: number;
  ended: boolean;
}

/**
 * Trains a network from scratch, or from given weights. With a run, it saves a checkpoint after every epoch and wherever it is
 * asked to stop, and the same call goes on from there, to the bit as if it had not been stopped.
 *
 * @param graph The network, of two classes.
 * @param images The images; test images have no place here.
 * @throws {Problem} Where options or images do not fit, or the loss is no number any more; the last checkpoint stays.
 * @throws {Interrupted} Where it was asked to stop; all is saved.
 */
export async function trainNetwork(
  graph: Graph,
  images: TrainingImages,
  given: Partial<TrainingOptions> = {},
  around: Partial<TrainingContext> = {},
): Promise<Trained> {
  const { seed, targets: weights, mixup } = checkTraining(given, images.validation.length);
  const targets = hasTargets(weights) ? makeTargets(weights, images.targets, images.train, mixup) : null;
  const learned = await trainLearned(learnedGraph(graph, seed, targets), images, given, around);
  return { graph, ...learned, normalisation: learned.normalisation! };
}

/**
 * The same of whatever learns.
 *
 * @param network What is trained; its weights are those that come back, or are disposed where it fails.
 */
export async function trainLearned(
  network: LearnedNetwork,
  images: TrainingImages,
  given: Partial<TrainingOptions>,
  around: Partial<TrainingContext>,
): Promise<Omit<Trained, "graph" | "normalisation"> & { readonly normalisation: Normalisation | null }> {
  const { run = null, stop = null, watch = null, start = null, clock = systemClock } = around;
  const options = checkTraining(given, images.validation.length);
  const learner = new Learner(network, images, options, start);
  try {
    const progress = emptyProgress();
    let bestArrays: ReadonlyMap<string, StoredArray> = new Map();
    const saved = run?.latest() ?? null;
    if (saved !== null) {
      Object.assign(progress, fromJson(saved.state.json));
      learner.restore(saved.state.arrays, progress.step);
      bestArrays = new Map([...saved.state.arrays].filter(([key]) => key.startsWith("best/")));
    }
    const { stepsPerEpoch } = learner;
    const last = options.epochs * stepsPerEpoch;
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

      const record: EpochRecord = {
        epoch: progress.step / stepsPerEpoch,
        rate: result.rate,
        trainingLoss: progress.loss / progress.images,
        trainingAccuracy: progress.right / progress.images,
        gradientNorm: progress.norm / stepsPerEpoch,
        ...learner.validate(),
      };
      progress.history.push(record);
      Object.assign(progress, { loss: 0, right: 0, images: 0, norm: 0 });
      run?.record({ ...record });
      watch?.epoch(progress.history);
      if (options.keep !== "last" && leads(progress.best, record, options.keep)) {
        progress.best = { epoch: record.epoch, rank: rankOf(record, options.keep) };
        bestArrays = learner.kept("best/");
      }
      if (options.earlyStopping !== null) {
        const { by, patience } = options.earlyStopping;
        if (leads(progress.leading, record, by)) progress.leading = { epoch: record.epoch, rank: rankOf(record, by) };
        progress.ended = record.epoch - progress.leading!.epoch >= patience;
      }
      save();
    }

    const keptEpoch = progress.best?.epoch ?? progress.history.length;
    if (bestArrays.size > 0) setWeights(learner.weights, bestArrays, "best/");
    else if (options.weightAverage !== null) setWeights(learner.weights, learner.kept(""));
    const seconds = before + clock.seconds() - started;
    watch?.end(progress.history);
    return {
      weights: learner.takeWeights(),
      normalisation: learner.normalisation,
      history: progress.history,
      keptEpoch,
      stoppedEarly: progress.ended && progress.step < last,
      seconds,
    };
  } catch (error) {
    learner.dispose();
    throw error;
  }
}

function emptyProgress(): Progress {
  return {
    ...{ step: 0, loss: 0, right: 0, images: 0, norm: 0 },
    ...{ history: [], best: null, leading: null, seconds: 0, ended: false },
  };
}

// The first epoch leads, even with a value that is not defined.
function leads(before: { rank: number } | null, record: EpochRecord, by: Parameters<typeof rankOf>[1]): boolean {
  return before === null || rankOf(record, by) > before.rank;
}

// JSON has no -Infinity, the rank of an epoch whose criterion is not defined.
function toJson(progress: Progress): Json {
  const plain = (at: Progress["best"]) =>
    at === null ? null : { epoch: at.epoch, rank: Number.isFinite(at.rank) ? at.rank : null };
  return { ...progress, best: plain(progress.best), leading: plain(progress.leading) } as unknown as Json;
}

function fromJson(json: Json): Progress {
  const stored = json as unknown as Progress;
  const full = (at: Progress["best"]) =>
    at === null ? null : { epoch: at.epoch, rank: (at.rank as number | null) ?? -Infinity };
  return { ...stored, history: [...stored.history], best: full(stored.best), leading: full(stored.leading) };
}
