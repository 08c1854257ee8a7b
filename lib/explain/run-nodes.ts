import type { GraphNode } from "../graph/graph";
import { layerValue, type WeightSource } from "../networks/model/stock-forward";
import { tf } from "../runtime/tensorflow";

/**
 * Computes nodes of a network as it predicts: batch normalisation by its moving mean and variance, nothing dropped. Other
 * than `stockForward`, it can begin in the middle, so that logits can be differentiated by what a layer gives.
 *
 * Nothing is released here: call it inside `tf.tidy`.
 *
 * @param nodes The nodes, each after those that it takes its inputs from.
 * @param values What nodes give, by name; the new ones are added. Nodes that have a value keep it.
 */
export function runNodes(nodes: readonly GraphNode[], weights: WeightSource, values: Map<string, tf.Tensor>): void {
  for (const { name, layer, inputs } of nodes) {
    if (values.has(name)) continue;
    const given = inputs.map((input) => values.get(input)!);
    const weight = (own: string) => weights(name, own);
    if (layer.kind === "dropout") values.set(name, given[0]!);
    else if (layer.kind === "batch normalisation") {
      const [mean, variance] = [weight("moving_mean") as tf.Tensor1D, weight("moving_variance") as tf.Tensor1D];
      const [beta, gamma] = [weight("beta") as tf.Tensor1D, weight("gamma") as tf.Tensor1D];
      values.set(name, tf.batchNorm(given[0] as tf.Tensor4D, mean, variance, beta, gamma, layer.epsilon));
    } else values.set(name, layerValue(layer, given, weight));
  }
}
