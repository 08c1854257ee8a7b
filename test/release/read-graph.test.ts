import { deepEqual, throws } from "node:assert/strict";

import { buildNetwork } from "../../lib/space/build";
import { sampleArchitecture } from "../../lib/space/sample";
import { withoutAuxiliary, type Graph } from "../../lib/graph/graph";
import { handCraftedNetworks } from "../../lib/graph/hand-crafted/registry";
import { readGraph } from "../../lib/release/read-graph";
import { createRandom } from "../../lib/runtime/random";
import { wholeGraph } from "../networks/model/example-graphs";
import { macroSpace } from "../helpers/spaces";

const throughFile = (graph: Graph) => JSON.parse(JSON.stringify(graph)) as Graph;

describe("readGraph(plain, file)", () => {
  it("gives back every kind of network as it was", () => {
    const size = { height: 64, width: 64, channels: 1 };
    const macro = sampleArchitecture(macroSpace(4), createRandom(1));
    const graphs = [...handCraftedNetworks.map((network) => network.build(size)), buildNetwork(macro, size)];
    for (const graph of [...graphs, withoutAuxiliary(wholeGraph())])
      deepEqual(readGraph(throughFile(graph), "f.json"), graph);
  });

  it("refuses what is no network, and says why", () => {
    const refuse = (plain: unknown, message: RegExp) => {
      throws(() => readGraph(plain, "f.json"), { name: "Problem", message });
    };
    const changed = (change: (graph: { nodes: Record<string, unknown>[]; output: string }) => void) => {
      const graph = throughFile(withoutAuxiliary(wholeGraph()));
      change(graph as unknown as Parameters<typeof change>[0]);
      return graph;
    };
    for (const plain of [null, 3, {}, { name: "x", nodes: [], output: "" }])
      refuse(plain, /f\.json does not hold a network/);
    refuse(
      changed((graph) => (graph.output = "other")),
      /its output other is not one of its layers/,
    );
    refuse(
      changed(({ nodes }) => (nodes[2]!.inputs = ["logits"])),
      /takes logits, which is not there before it/,
    );
    refuse(
      changed(({ nodes }) => (nodes[1]!.shape = [1, 2, 3])),
      /gives \[9, 7, 4\], not \[1, 2, 3\]/,
    );
    refuse(
      changed(({ nodes }) => (nodes[1]!.layer = { kind: "magic" })),
      /does not hold a network/,
    );
    refuse(
      changed(({ nodes }) => nodes.shift()),
      /its first layer is not the input/,
    );
  });
});
