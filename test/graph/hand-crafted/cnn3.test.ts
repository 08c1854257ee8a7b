import { deepEqual, equal } from "node:assert/strict";

import { buildCnn3 } from "../../../lib/graph/hand-crafted/cnn3";
import { nodesOfKind, parametersOf, square } from "./count";

describe("buildCnn3(size, options)", () => {
  it("has three convolutions with bias and two dense layers, counted by hand", () => {
    const convolutions = (channels: number) => (9 * channels + 1) * 16 + (9 * 16 + 1) * 32 + (9 * 32 + 1) * 64;
    const dense = (pixels: number, classes: number) => (pixels * 64 + 1) * 128 + 129 * classes;
    equal(parametersOf(buildCnn3(square(64))), convolutions(1) + dense(8 * 8, 2));
    // 28 becomes 14, 7 and 4.
    equal(parametersOf(buildCnn3(square(28, 3), { classes: 5 })), convolutions(3) + dense(4 * 4, 5));
  });

  it("has no normalisation, three pools of 2, and dropout 0.5", () => {
    const graph = buildCnn3(square(64));
    equal(nodesOfKind(graph, "batch normalisation").length, 0);
    deepEqual(
      nodesOfKind(graph, "max pool").map(({ layer, shape }) => [layer.size, layer.stride, shape[0]]),
      [
        [2, 2, 32],
        [2, 2, 16],
        [2, 2, 8],
      ],
    );
    deepEqual(
      nodesOfKind(graph, "dropout").map(({ layer }) => layer.rate),
      [0.5],
    );
    equal(nodesOfKind(graph, "activation").length, 4);
  });
});
