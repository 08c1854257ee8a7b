import type { Graph } from "../../graph/graph";
import { tf } from "../../runtime/tensorflow";
import type { BatchStatistics } from "../model/stock-forward";
import type { WeightBank } from "../weights/weight-bank";

/**
 * Moves the averages of a network's batch normalisations towards what a batch gave: average = momentum · average +
 * (1 - momentum) · batch, as TensorFlow.js's own layer does.
 *
 * @param graph The network.
 * @param weights Its weights, among them the averages.
 * @param statistics Mean and variance of the batch, by node; they stay the caller's.
 */
export function updateMovingAverages(
  graph: Graph,
  weights: WeightBank,
  statistics: ReadonlyMap<string, BatchStatistics>,
): void {
  for (const { name, layer } of graph.nodes) {
    const found = statistics.get(name);
    if (layer.kind !== "batch normalisation" || found === undefined) continue;
    const { momentum } = layer;
    const move = (weight: string, batch: tf.Tensor) => {
      const average = weights.of(name, weight);
      const moved = tf.tidy(() => tf.add(tf.mul(average, momentum), tf.mul(batch, 1 - momentum)));
      average.assign(moved);
      moved.dispose();
    };
    move("moving_mean", found.mean);
    move("moving_variance", found.variance);
  }
}
