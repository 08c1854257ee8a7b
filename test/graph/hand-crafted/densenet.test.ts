import { deepEqual, equal } from "node:assert/strict";

import { nodeOf } from "../../../lib/graph/graph";
import { buildDenseNet } from "../../../lib/graph/hand-crafted/densenet";
import { nodesOfKind, square } from "./count";

describe("buildDenseNet(size, options)", () => {
  it("has 121 layers with weights", () => {
    const graph = buildDenseNet(square(64));
    equal(nodesOfKind(graph, "convolution").length + nodesOfKind(graph, "dense").length, 121);
  });

  it("adds 32 channels a layer, and halves channels and pixels between blocks", () => {
    const graph = buildDenseNet(square(224, 3));
    const at = (name: string) => nodeOf(graph, name).shape;
    deepEqual(at("stem/pool"), [56, 56, 64]);
    deepEqual(at("block1/layer1/concatenate"), [56, 56, 96]);
    deepEqual(at("block1/layer6/concatenate"), [56, 56, 256]);
    deepEqual(at("transition1/pool"), [28, 28, 128]);
    deepEqual(at("block2/layer12/concatenate"), [28, 28, 512]);
    deepEqual(at("transition2/pool"), [14, 14, 256]);
    deepEqual(at("block3/layer24/concatenate"), [14, 14, 1024]);
    deepEqual(at("transition3/pool"), [7, 7, 512]);
    deepEqual(at("block4/layer16/concatenate"), [7, 7, 1024]);
  });

  it("keeps what was there before each layer, first", () => {
    const graph = buildDenseNet(square(64));
    deepEqual(nodeOf(graph, "block2/layer3/concatenate").inputs, [
      "block2/layer2/concatenate",
      "block2/layer3/convolution2",
    ]);
    deepEqual(nodeOf(graph, "block2/layer3/norm1").inputs, ["block2/layer2/concatenate"]);
  });

  it("normalises before each convolution but the first, and before the mean", () => {
    const graph = buildDenseNet(square(64));
    for (const { name, inputs } of nodesOfKind(graph, "convolution").slice(1))
      deepEqual(nodeOf(graph, inputs[0]!).layer.kind, "activation", name);
    deepEqual(nodeOf(graph, "head/pool").inputs, ["head/relu"]);
    equal(nodesOfKind(graph, "dropout").length, 0);
  });
});
