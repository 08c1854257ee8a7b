import { deepEqual, equal, ok } from "node:assert/strict";

import { nodeOf } from "../../../lib/graph/graph";
import { buildResNet, resNets } from "../../../lib/graph/hand-crafted/resnet";
import { nodesOfKind, square } from "./count";

describe("buildResNet(depth, size, options)", () => {
  it("has as many layers with weights as its name says, projections apart, and a sum for each block", () => {
    for (const [depth, blocks, projections] of [
      [18, 8, 3],
      [34, 16, 3],
      [50, 16, 4],
    ] as const) {
      const graph = buildResNet(depth, square(64));
      equal(graph.name, `ResNet-${depth}`);
      const convolutions = nodesOfKind(graph, "convolution").map(({ name }) => name);
      const projecting = convolutions.filter((name) => name.includes("/projection/"));
      equal(convolutions.length - projecting.length + nodesOfKind(graph, "dense").length, depth);
      equal(projecting.length, projections);
      equal(nodesOfKind(graph, "add").length, blocks);
    }
    deepEqual(
      resNets.map(({ name }) => name),
      ["ResNet-18", "ResNet-34", "ResNet-50"],
    );
  });

  it("has the output sizes of the paper's table 1 at 224 pixels", () => {
    const ends = { 18: ["block2", "block2", "block2", "block2"], 50: ["block3", "block4", "block6", "block3"] };
    for (const [depth, widening] of [
      [18, 1],
      [50, 4],
    ] as const) {
      const graph = buildResNet(depth, square(224, 3));
      deepEqual(nodeOf(graph, "stem/relu").shape, [112, 112, 64]);
      deepEqual(nodeOf(graph, "stem/pool").shape, [56, 56, 64]);
      deepEqual(
        ends[depth].map((block, stage) => nodeOf(graph, `stage${stage + 1}/${block}/sum`).shape),
        [64, 128, 256, 512].map((channels, stage) => [56 / 2 ** stage, 56 / 2 ** stage, channels * widening]),
      );
    }
  });

  it("adds before the last ReLU, and the input as it is unless the shape changes", () => {
    const graph = buildResNet(18, square(64));
    deepEqual(nodeOf(graph, "stage1/block1/sum").inputs, ["stem/pool", "stage1/block1/norm2"]);
    deepEqual(nodeOf(graph, "stage1/block1/relu2").inputs, ["stage1/block1/sum"]);
    deepEqual(nodeOf(graph, "stage2/block1/sum").inputs, ["stage2/block1/projection/norm", "stage2/block1/norm2"]);
    deepEqual(nodeOf(graph, "stage2/block1/projection/convolution").inputs, ["stage1/block2/relu2"]);
  });

  it("halves in the 3×3 convolution of a bottleneck", () => {
    const graph = buildResNet(50, square(64));
    const halving = nodesOfKind(graph, "convolution").filter(
      ({ name, layer }) => name.startsWith("stage") && layer.stride > 1,
    );
    deepEqual(
      halving.map(({ name, layer }) => [name, layer.size]),
      ["stage2", "stage3", "stage4"].flatMap((stage) => [
        [`${stage}/block1/convolution2`, 3],
        [`${stage}/block1/projection/convolution`, 1],
      ]),
    );
  });

  it("is at 32 pixels as its variants for CIFAR-10: no halving before the second stage", () => {
    const graph = buildResNet(18, square(32));
    deepEqual(nodeOf(graph, "stage1/block1/relu1").shape, [32, 32, 64]);
    ok(graph.nodes.every(({ layer }) => layer.kind !== "max pool" && layer.kind !== "dropout"));
  });
});
