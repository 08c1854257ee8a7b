import { deepEqual, equal } from "node:assert/strict";

import { buildVgg, vggs } from "../../../lib/graph/hand-crafted/vgg";
import { lastMapOf, nodesOfKind, parametersOf, square } from "./count";

describe("buildVgg(depth, size, options)", () => {
  it("has as many layers with weights as its name says", () => {
    for (const depth of [11, 16, 19] as const) {
      const graph = buildVgg(depth, square(32));
      equal(graph.name, `VGG-${depth}`);
      equal(nodesOfKind(graph, "convolution").length + nodesOfKind(graph, "dense").length, depth);
      equal(nodesOfKind(graph, "batch normalisation").length, depth - 3);
    }
    deepEqual(
      vggs.map(({ name }) => name),
      ["VGG-11", "VGG-16", "VGG-19"],
    );
  });

  it("has the stages of the paper's table 1", () => {
    const filters = nodesOfKind(buildVgg(16, square(32)), "convolution").map(({ layer }) => layer.filters);
    deepEqual(filters, [64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512]);
  });

  it("halves five times at every size, and has fewer weights in the first dense layer below 224 pixels", () => {
    const full = parametersOf(buildVgg(11, square(224)));
    for (const [side, last] of [
      [28, 1],
      [32, 1],
      [64, 2],
      [96, 3],
      [224, 7],
    ] as const) {
      const graph = buildVgg(11, square(side));
      deepEqual(lastMapOf(graph), [last, last, 512]);
      equal(full - parametersOf(graph), (49 - last * last) * 512 * 4096);
    }
  });

  it("has dropout 0.5 after each of the two dense layers", () => {
    deepEqual(
      nodesOfKind(buildVgg(11, square(32)), "dropout").map(({ layer, inputs }) => [layer.rate, inputs]),
      [
        [0.5, ["head/relu1"]],
        [0.5, ["head/relu2"]],
      ],
    );
  });
});
