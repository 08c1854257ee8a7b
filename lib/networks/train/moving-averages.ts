import type { Graph } from "../../graph/graph";
import { moveAverages } from "../../kernels/moving-averages";
import type { tf } from "../../runtime/tensorflow";
import type { BatchStatistics } from "../model/stock-forward";
import type { WeightBank } from "../weights/weight-bank";

/**
 * Moves the averages of a network's batch normalisations towards what a batch gave: average = momentum · average +
 * (1 - momentum) · batch, as TensorFlow.js's own layer does.
 *
 * @param statistics Mean and variance of the batch, by node; they stay the caller's.
 */
export function updateMovingAverages(
  graph: Graph,
  weights: WeightBank,
  statistics: ReadonlyMap<string, BatchStatistics>,
): void {
  const byMomentum = new Map<number, { averages: tf.Variable[]; batch: tf.Tensor[] }>();
  for (const { name, layer } of graph.nodes) {
    const found = statistics.get(name);
    if (layer.kind !== "batch normalisation" || found === undefined) continue;
    let list = byMomentum.get(layer.momentum);
    if (list === undefined) byMomentum.set(layer.momentum, (list = { averages: [], batch: [] }));
    list.averages.push(weights.of(name, "moving_mean"), weights.of(name, "moving_variance"));
    list.batch.push(found.mean, found.variance);
  }
  for (const [momentum, { averages, batch }] of byMomentum) moveAverages(averages, batch, momentum);
}
