import { deepEqual, equal, throws } from "node:assert/strict";

import { costOf } from "../../lib/graph/cost";
import { withoutAuxiliary } from "../../lib/graph/graph";
import { startGraph } from "../../lib/graph/builder";
import { handCraftedNetworks } from "../../lib/graph/hand-crafted/registry";
import { layers } from "../../lib/graph/layer";
import { buildSpecified } from "../../lib/train/specification";
import { addTargetHeads } from "../../lib/train/target-heads";
import { tinyFound } from "./helpers";

const size = { height: 32, width: 32, channels: 1 };
const all = { outline: true, birads: 4, histology: 3 };

describe("addTargetHeads(graph, heads)", () => {
  it("adds heads to every network of the registry, which are there for training alone", () => {
    for (const { name } of handCraftedNetworks) {
      const graph = buildSpecified({ kind: "hand-crafted", name, options: { classes: 2 } }, size);
      const { graph: headed, outline, own } = addTargetHeads(graph, all);
      const auxiliary = headed.nodes.find((node) => node.name === headed.auxiliary)!;
      deepEqual(auxiliary.shape, [own + outline![0] * outline![1] + 4 + 3], name);
      equal(outline![0] >= 4, true, name);
      deepEqual(withoutAuxiliary(headed).nodes, withoutAuxiliary(graph).nodes, name);
      equal(costOf(withoutAuxiliary(headed)).trainable, costOf(withoutAuxiliary(graph)).trainable);
    }
  });

  it("keeps the auxiliary head that a found network has, in front", () => {
    const found = tinyFound as Extract<typeof tinyFound, { kind: "found" }>;
    const graph = buildSpecified({ ...found, settings: { ...found.settings, auxiliary: true } }, size);
    const headed = addTargetHeads(graph, { outline: false, birads: 5, histology: 0 });
    deepEqual([headed.own, headed.outline, headed.birads], [2, null, 5]);
    deepEqual(headed.graph.nodes.at(-1)!.shape, [7]);
    equal(headed.graph.nodes.at(-1)!.inputs[0], graph.auxiliary);
  });

  it("needs no more than the one head that is asked for", () => {
    const graph = buildSpecified({ kind: "hand-crafted", name: "plain CNN" }, size);
    const { graph: headed } = addTargetHeads(graph, { outline: true, birads: 0, histology: 0 });
    // A convolution of one pixel, and its numbers in a row.
    equal(headed.nodes.length, graph.nodes.length + 2);
  });

  it("refuses a network without features that have rows and columns", () => {
    const builder = startGraph("rows", size);
    const row = builder.add("row", layers.flatten(), builder.input);
    const graph = builder.finish(builder.add("dense", layers.dense({ units: 2 }), row));
    throws(() => addTargetHeads(graph, all), /rows has no features with rows and columns/);
  });
});
