import { deepEqual, equal, throws } from "node:assert/strict";

import { withoutAuxiliary } from "../../../lib/graph/graph";
import { loadWeights } from "../../../lib/networks/model/load-weights";
import type { ModelArtifacts } from "../../../lib/networks/model/model-files";
import { toModel } from "../../../lib/networks/model/to-model";
import { createRandom } from "../../../lib/runtime/random";
import { tf } from "../../../lib/runtime/tensorflow";
import { wholeGraph } from "./example-graphs";

interface PlainLayer {
  name: string;
  class_name: string;
  config: Record<string, unknown>;
  inbound_nodes: [string, number, number, object][][];
}
interface Topology {
  config: { layers: PlainLayer[]; output_layers: unknown };
}

describe("loadWeights(folder, graph, artifacts)", () => {
  const graph = withoutAuxiliary(wholeGraph());
  let saved: ModelArtifacts;
  let expected: number[][] = [];
  before(async () => {
    const model = toModel(graph, { random: createRandom(5) });
    await model.save(
      tf.io.withSaveHandler((artifacts) => {
        saved = artifacts;
        return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } });
      }),
    );
    expected = model.getWeights().map((weight) => [...weight.dataSync<"float32">()]);
    model.dispose();
  });

  /** The artifacts as they would be read of a file, changed. */
  const changed = (change: (topology: Topology) => void): ModelArtifacts => {
    const topology = JSON.parse(JSON.stringify(saved.modelTopology)) as Topology;
    change(topology);
    return { ...saved, modelTopology: topology };
  };
  const layerOf = ({ config }: Topology, kind: string) => config.layers.find(({ class_name }) => class_name === kind)!;

  it("gives the model with the weights that were saved", () => {
    const model = loadWeights(
      "folder",
      graph,
      changed(() => undefined),
    );
    deepEqual(
      model.getWeights().map((weight) => [...weight.dataSync<"float32">()]),
      expected,
    );
    model.dispose();
  });

  const wrong: readonly [string, (topology: Topology) => void][] = [
    ["an input that does not exist", (all) => (all.config.layers.at(-1)!.inbound_nodes[0]![0]![0] = "nowhere")],
    [
      "an input of another layer",
      (all) => (all.config.layers.at(-1)!.inbound_nodes[0]![0]![0] = all.config.layers[1]!.name),
    ],
    ["another epsilon", (all) => (layerOf(all, "BatchNormalization").config.epsilon = 10)],
    ["another activation", (all) => (layerOf(all, "Conv2D").config.activation = "relu")],
    ["a huge stride", (all) => (layerOf(all, "Conv2D").config.strides = [1e9, 1e9])],
    ["a layer of another kind", (all) => (layerOf(all, "BatchNormalization").class_name = "Dropout")],
    ["a layer more", (all) => all.config.layers.push(structuredClone(all.config.layers[1]!))],
    ["a layer less", (all) => all.config.layers.splice(1, 1)],
    ["another output", (all) => (all.config.output_layers = [["input", 0, 0]])],
    ["no layers", (all) => delete (all.config as Partial<Topology["config"]>).layers],
    ["null in their place", (all) => ((all as { config: unknown }).config = null)],
  ];
  for (const [what, change] of wrong)
    it(`refuses ${what}, and leaves nothing in memory`, () => {
      const before = tf.memory().numTensors;
      throws(() => loadWeights("folder", graph, changed(change)), {
        name: "Problem",
        message: /^folder\/model\.json does not belong to the network of network\.json beside it: /,
      });
      equal(tf.memory().numTensors, before);
    });

  it("refuses weights of another number, name or kind", () => {
    const before = tf.memory().numTensors;
    const data = saved.weightData as ArrayBuffer;
    const [first, ...others] = saved.weightSpecs!;
    for (const artifacts of [
      { ...saved, weightData: data.slice(4) },
      { ...saved, weightSpecs: [{ ...first!, name: "other" }, ...others] },
      { ...saved, weightSpecs: [{ ...first!, dtype: "int32" as const }, ...others] },
      { ...saved, weightSpecs: [...saved.weightSpecs!, first!] },
    ])
      throws(
        () => loadWeights("folder", graph, artifacts),
        /does not belong to the network of network\.json beside it/,
      );
    equal(tf.memory().numTensors, before);
  });
});
