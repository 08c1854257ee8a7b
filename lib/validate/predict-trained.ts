import type { Prepared } from "../data/prepare/prepared";
import { withoutAuxiliary } from "../graph/graph";
import { planNetwork } from "../networks/run/plan";
import { predictLogits, type Logits } from "../train/predict";
import type { Trained } from "../train/train-network";
import { trainingDefaults, type TrainingOptions } from "../train/training-options";

/**
 * Predicts images with a trained network, normalised as those that it learned from, with its moving statistics and without an
 * auxiliary head.
 *
 * @param trained The network; its weights stay the caller's.
 * @param options How it was trained, of which `flipPredictions` and `predictionBatch` count.
 */
export function predictTrained(
  { graph, weights, normalisation }: Pick<Trained, "graph" | "weights" | "normalisation">,
  prepared: Prepared,
  ids: readonly string[],
  options: Partial<TrainingOptions>,
): Logits {
  const plan = planNetwork(graph.auxiliary === null ? graph : withoutAuxiliary(graph));
  return predictLogits(plan, weights.of, prepared, ids, normalisation, {
    batchSize: options.predictionBatch ?? trainingDefaults.predictionBatch,
    flips: options.flipPredictions ?? trainingDefaults.flipPredictions,
  });
}
