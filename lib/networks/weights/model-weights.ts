import type { Graph } from "../../graph/graph";
import type { Shape } from "../../graph/layer";
import { weightsOf } from "../../graph/weights";
import { Problem } from "../../runtime/problem";
import { tf } from "../../runtime/tensorflow";
import { layerNameOf } from "../model/layer-name";
import { weightKeyOf } from "./initial-values";
import { bankOf, type WeightBank } from "./weight-bank";

/**
 * Gives the weights of a model by the keys of the network that it was made of. They are the model's own variables: who
 * trains them trains the model.
 *
 * @param model Its model, from {@link toModel} or loaded.
 * @returns The weights; they stay the model's.
 * @throws {Problem} Where the model has no such layer, or a weight of another shape.
 */
export function weightsOfModel(graph: Graph, model: tf.LayersModel): WeightBank {
  const shapes = new Map<string, Shape>(graph.nodes.map(({ name, shape }) => [name, shape]));
  const layers = new Map(model.layers.map((layer) => [layer.name, layer]));
  const variables = new Map<string, tf.Variable>();
  for (const { name, layer, inputs } of graph.nodes) {
    const specifications = weightsOf(
      layer,
      inputs.map((input) => shapes.get(input)!),
    );
    if (specifications.length === 0) continue;
    const weights = layers.get(layerNameOf(name))?.weights ?? [];
    specifications.forEach((specification, index) => {
      const variable = weights[index]?.read() as tf.Variable | undefined;
      if (variable?.shape.join() !== specification.shape.join()) {
        const found = variable === undefined ? "none" : `[${variable.shape.join(", ")}]`;
        throw new Problem(
          `The model ${model.name} has ${found} for the weight ${weightKeyOf(name, specification.name)}, expected [${specification.shape.join(", ")}].`,
          `Use the model that was made of ${graph.name} at this size and with these settings.`,
        );
      }
      variables.set(weightKeyOf(name, specification.name), variable);
    });
  }
  return bankOf(variables, false);
}

/**
 * Copies weights of the same keys: those of a search into the stand-alone model of an architecture, for example.
 *
 * @param to Where they go; all of its weights are set.
 * @throws {Problem} Where one is missing in `from`, or has another shape.
 */
export function copyWeights(from: WeightBank, to: WeightBank): void {
  for (const key of to.keys) {
    const [source, target] = [from.get(key), to.get(key)];
    if (source.shape.join() !== target.shape.join()) {
      throw new Problem(
        `The weight ${key} has the shape [${source.shape.join(", ")}], expected [${target.shape.join(", ")}].`,
        "Copy between networks of one space, size and settings.",
      );
    }
    // Numbers of its own, not the same memory: kernels change weights in place.
    const copy = tf.tidy(() => tf.add(source, 0));
    target.assign(copy);
    copy.dispose();
  }
}
