import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";

import type { Graph } from "../../graph/graph";
import { costOf } from "../../graph/cost";
import { isPlainObject } from "../../runs/json";
import { Problem } from "../../runtime/problem";
import { createRandom } from "../../runtime/random";
import { tf } from "../../runtime/tensorflow";
import { modelFile, type ModelArtifacts } from "./model-files";
import { toModel } from "./to-model";

/**
 * Makes the model of a network, and sets the weights that were saved with it. The layers that the files describe are held
 * against those of the network and are not built themselves: what is in them is a stranger's, and could compute something
 * else, never end, or fill the memory.
 *
 * @param folder The folder, for messages.
 * @param graph The network, without an auxiliary head.
 * @returns The model; whoever asked for it disposes of it. Of a refusal, nothing stays in memory.
 * @throws {Problem} Where layers or weights are not those of the network.
 */
export function loadWeights(folder: string, graph: Graph, artifacts: ModelArtifacts): tf.LayersModel {
  const data = artifacts.weightData as ArrayBuffer | undefined;
  const specifications = artifacts.weightSpecs ?? [];
  const needed = costOf(graph, { auxiliary: true }).weightBytes;
  if (data?.byteLength !== needed) {
    throw apart(folder, `the weights are ${data?.byteLength ?? 0} bytes, and the network needs ${needed}`);
  }
  if (specifications.some(({ dtype, quantization }) => dtype !== "float32" || quantization !== undefined)) {
    throw apart(folder, "weights are not of the kind float32");
  }
  const model = toModel(graph, { random: createRandom(0) });
  let weights: Record<string, tf.Tensor> = {};
  try {
    const difference = differenceOf(plainLayers(model.toJSON(null, false)), plainLayers(artifacts.modelTopology));
    if (difference !== null) throw apart(folder, difference);
    const names = model.weights.map(({ originalName, shape }) => `${originalName} [${shape.join(", ")}]`);
    const given = specifications.map(({ name, shape }) => `${name} [${shape.join(", ")}]`);
    if (!isDeepStrictEqual(new Set(names), new Set(given)) || names.length !== given.length)
      throw apart(folder, "the list of weights is another");
    weights = tf.io.decodeWeights(data, specifications);
    model.loadWeights(weights);
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  } finally {
    tf.dispose(weights);
  }
}

/** What of a layer does not change what it computes once its weights are set. */
const withoutEffect = /(^|_)(initializer|regularizer|constraint)$|^trainable$|^dtype$|^sparse$|^seed$/;

/** The layers of a model by their names, as plain data without what has no effect. */
function plainLayers(topology: unknown): Record<string, unknown> {
  const whole = JSON.parse(JSON.stringify(topology)) as { model_config?: unknown; config?: unknown };
  const outer = (isPlainObject(whole.model_config) ? whole.model_config : whole) as { config?: unknown };
  const { layers, input_layers, output_layers } = (outer.config ?? {}) as Record<string, unknown>;
  if (!Array.isArray(layers)) return {};
  const named = layers.map((layer): [string, unknown] => [
    String((layer as { name?: unknown } | null)?.name),
    plain(layer),
  ]);
  return { ...Object.fromEntries(named), "the list of layers": named.length, input_layers, output_layers };
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isPlainObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !withoutEffect.test(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, plain(inner)]));
}

function differenceOf(own: Record<string, unknown>, given: Record<string, unknown>): string | null {
  for (const name of new Set([...Object.keys(own), ...Object.keys(given)])) {
    if (!isDeepStrictEqual(own[name], given[name])) return `${JSON.stringify(name)} is another`;
  }
  return null;
}

function apart(folder: string, what: string): Problem {
  return new Problem(
    `${join(folder, modelFile)} does not belong to the network of network.json beside it: ${what}.`,
    "Get all files of one release again.",
  );
}
