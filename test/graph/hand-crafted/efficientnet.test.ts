import { deepEqual, equal, ok } from "node:assert/strict";

import { nodeOf } from "../../../lib/graph/graph";
import { buildEfficientNet } from "../../../lib/graph/hand-crafted/efficientnet";
import { nodesOfKind, square } from "./count";

describe("buildEfficientNet(size, options)", () => {
  it("has the sizes of the paper's table 1", () => {
    const graph = buildEfficientNet(square(224, 3));
    deepEqual(
      [1, 2, 3, 4, 5, 6, 7].map((stage) => nodeOf(graph, `stage${stage}/block1/project/norm`).shape),
      [
        [112, 112, 16],
        [56, 56, 24],
        [28, 28, 40],
        [14, 14, 80],
        [14, 14, 112],
        [7, 7, 192],
        [7, 7, 320],
      ],
    );
    equal(nodesOfKind(graph, "depthwise convolution").length, 16);
  });

  it("weighs channels by their means: a quarter of the block's input, swish, and a sigmoid", () => {
    const graph = buildEfficientNet(square(64));
    const place = "stage2/block2/excitation";
    deepEqual(nodeOf(graph, `${place}/reshape`).shape, [1, 1, 144]);
    deepEqual(nodeOf(graph, `${place}/swish1`).shape, [1, 1, 6]);
    deepEqual(nodeOf(graph, `${place}/sigmoid2`).shape, [1, 1, 144]);
    deepEqual(nodeOf(graph, `${place}/product`).inputs, ["stage2/block2/depthwise/swish", `${place}/sigmoid2`]);
    equal(nodesOfKind(graph, "multiply").length, 16);
  });

  it("drops blocks more often the later they stand, by 0.2 · place / 16", () => {
    const blocks = [1, 2, 2, 3, 3, 4, 1].flatMap((count, stage) =>
      Array.from({ length: count }, (_, block) => `stage${stage + 1}/block${block + 1}/drop`),
    );
    const drops = nodesOfKind(buildEfficientNet(square(64)), "dropout").filter(({ layer }) => layer.unit === "image");
    equal(drops.length, 9);
    for (const { name, layer } of drops)
      ok(Math.abs(layer.rate - (0.2 * blocks.indexOf(name)) / 16) < 1e-12, `${name} has ${layer.rate}`);
  });

  it("has the paper's dropout and momentum", () => {
    const graph = buildEfficientNet(square(64));
    deepEqual(nodeOf(graph, "head/dropout").layer, { kind: "dropout", rate: 0.2, unit: "number" });
    const norms = nodesOfKind(graph, "batch normalisation");
    deepEqual([...new Set(norms.map(({ layer }) => `${layer.momentum} ${layer.epsilon}`))], ["0.99 0.001"]);
  });
});
