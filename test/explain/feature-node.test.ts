import { equal, ok, throws } from "node:assert/strict";

import { findFeatureNode } from "../../lib/explain/feature-node";
import { startGraph } from "../../lib/graph/builder";
import { buildNetwork } from "../../lib/space/build";
import { sampleArchitecture } from "../../lib/space/sample";
import { nodeOf, withoutAuxiliary } from "../../lib/graph/graph";
import { handCraftedNetworks } from "../../lib/graph/hand-crafted/registry";
import { layers } from "../../lib/graph/layer";
import { createRandom } from "../../lib/runtime/random";
import { microSpace } from "../helpers/spaces";

const size = { height: 64, width: 64, channels: 1 };

describe("findFeatureNode(graph, name)", () => {
  it("takes the last map before the head of every hand-crafted network", () => {
    for (const network of handCraftedNetworks) {
      const graph = network.build(size);
      const { name, shape } = findFeatureNode(graph, null);
      ok(shape.length === 3 && shape[0]! > 1, `${network.name}: ${name} [${shape.join()}]`);
      const after = graph.nodes.slice(graph.nodes.findIndex((node) => node.name === name) + 1);
      const maps = after.filter((node) => node.shape.length === 3 && node.shape[0]! > 1);
      equal(maps.length, 0, network.name);
    }
  });

  it("takes the map of which a found network takes the mean, not one of its auxiliary head", () => {
    const architecture = sampleArchitecture(microSpace(3), createRandom(1));
    const graph = buildNetwork(architecture, size, { cells: 3, channels: 4, auxiliary: true });
    const { name } = findFeatureNode(graph, null);
    const mean = withoutAuxiliary(graph).nodes.find((node) => node.layer.kind === "global average pool")!;
    equal(mean.inputs[0], name);
  });

  it("takes a node by its name, and says which ones there are where there is none", () => {
    const graph = handCraftedNetworks[1]!.build(size);
    equal(findFeatureNode(graph, "block2/pool"), nodeOf(graph, "block2/pool"));
    throws(() => findFeatureNode(graph, "block2/pol"), { name: "Problem", message: /"block2\/pol".*"block2\/pool"\?/ });
    throws(
      () => findFeatureNode(graph, "output"),
      (error: Error) => !error.message.includes("Did you mean"),
    );
    throws(() => findFeatureNode(graph, "head/dense"), { name: "Problem", message: /gives \[128\], expected rows/ });
  });

  it("refuses a network without any map before its head", () => {
    const graph = startGraph("Flat", size);
    const row = graph.add("row", layers.flatten(), graph.input);
    const flat = graph.finish(graph.add("logits", layers.dense({ units: 2 }), row));
    throws(() => findFeatureNode(flat, null), { name: "Problem", message: /Flat has no layer with rows and columns/ });
  });
});
