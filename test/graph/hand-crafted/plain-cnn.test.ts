import { deepEqual, equal } from "node:assert/strict";

import { nodeOf } from "../../../lib/graph/graph";
import { buildPlainCnn, plainCnn } from "../../../lib/graph/hand-crafted/plain-cnn";
import { lastMapOf, nodesOfKind, parametersOf, square } from "./count";

describe("buildPlainCnn(size, options)", () => {
  it("has 72,146 parameters for gray images and 72,434 for three channels, at every size", () => {
    for (const side of [16, 28, 64, 224]) {
      equal(parametersOf(buildPlainCnn(square(side))), 72_146);
      equal(parametersOf(buildPlainCnn(square(side, 3))), 72_434);
    }
  });

  it("has two convolutions a block without bias, a max pool after, and dropout 0.3", () => {
    const graph = buildPlainCnn(square(64));
    deepEqual(
      nodesOfKind(graph, "convolution").map(({ layer }) => [layer.size, layer.filters, layer.bias]),
      [16, 16, 32, 32, 64, 64].map((filters) => [3, filters, false]),
    );
    deepEqual(
      ["block1", "block2", "block3"].map((block) => nodeOf(graph, `${block}/pool`).shape),
      [
        [32, 32, 16],
        [16, 16, 32],
        [8, 8, 64],
      ],
    );
    deepEqual(
      nodesOfKind(graph, "dropout").map(({ layer }) => [layer.rate, layer.unit]),
      [[0.3, "number"]],
    );
    deepEqual(
      graph.nodes.slice(1, 8).map(({ name }) => name.replace("block1/", "")),
      ["convolution1", "norm1", "relu1", "convolution2", "norm2", "relu2", "pool"],
    );
  });

  it("leaves 2 × 2 pixels of its smallest images", () => {
    deepEqual(lastMapOf(buildPlainCnn(square(plainCnn.smallest))), [2, 2, 64]);
  });
});
