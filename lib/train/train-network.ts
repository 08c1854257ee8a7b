import type { Normalisation } from "../data/prepare/normalise";
import { inNotebook } from "../display/notebook";
import type { Graph } from "../graph/graph";
import type { WeightBank } from "../networks/weights/weight-bank";
import type { StoredArray } from "../runs/state";
import { rankOf, type EpochRecord } from "./history";
import { hasTargets, makeTargets } from "./auxiliary-targets";
import { learnedGraph, type LearnedNetwork } from "./learned-network";
import { Learner, type TrainingImages } from "./learner";
import { bestPrefix, runEpochs, type EpochContext } from "./run-epochs";
import { setWeights } from "./stored-weights";
import { watchTraining } from "./watch-training";
import { checkTraining, type TrainingOptions } from "./training-options";

/** What surrounds a training; all of it may be left out. */
export interface TrainingContext extends EpochContext<EpochRecord> {
  /** Weights to start with, by key; null: fresh ones. */
  readonly start: ReadonlyMap<string, StoredArray> | null;
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

/**
 * Trains a network from scratch, or from given weights. With a run, it saves a checkpoint after every epoch and wherever it is
 * asked to stop, and the same call goes on from there, to the bit as if it had not been stopped. In a notebook a bar and curves show
 * how far it is, where nothing else is to.
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
  const watch = around.watch === undefined && inNotebook() ? watchTraining(graph.name) : (around.watch ?? null);
  const learned = await trainLearned(learnedGraph(graph, seed, targets), images, given, { ...around, watch });
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
  const { start = null, ...context } = around;
  const options = checkTraining(given, images.validation.length);
  const learner = new Learner(network, images, options, start);
  try {
    const { keep, earlyStopping } = options;
    const { best, ...ended } = await runEpochs<EpochRecord>(
      learner,
      {
        epochs: options.epochs,
        keep: keep === "last" ? null : (record) => rankOf(record, keep),
        earlyStopping: earlyStopping && {
          rank: (record) => rankOf(record, earlyStopping.by),
          patience: earlyStopping.patience,
        },
      },
      context,
    );
    if (best.size > 0) setWeights(learner.weights, best, bestPrefix);
    else if (options.weightAverage !== null) setWeights(learner.weights, learner.kept(""));
    return { ...ended, weights: learner.takeWeights(), normalisation: learner.normalisation };
  } catch (error) {
    learner.dispose();
    throw error;
  }
}
