import { deepEqual, equal } from "node:assert/strict";

import { nodeOf } from "../../../lib/graph/graph";
import { buildGoogLeNet } from "../../../lib/graph/hand-crafted/googlenet";
import { nodesOfKind, square } from "./count";

describe("buildGoogLeNet(size, options)", () => {
  it("has the output sizes of the paper's table 1", () => {
    const graph = buildGoogLeNet(square(224, 3));
    const shapes = Object.fromEntries(
      [
        ...nodesOfKind(graph, "concatenate"),
        ...nodesOfKind(graph, "max pool").filter(({ layer }) => layer.stride > 1),
      ].map(({ name, shape }) => [name, shape]),
    );
    deepEqual(shapes, {
      "stem/pool1": [56, 56, 64],
      "stem/pool2": [28, 28, 192],
      "stage3/module1/concatenate": [28, 28, 256],
      "stage3/module2/concatenate": [28, 28, 480],
      "stage3/pool": [14, 14, 480],
      "stage4/module1/concatenate": [14, 14, 512],
      "stage4/module2/concatenate": [14, 14, 512],
      "stage4/module3/concatenate": [14, 14, 512],
      "stage4/module4/concatenate": [14, 14, 528],
      "stage4/module5/concatenate": [14, 14, 832],
      "stage4/pool": [7, 7, 832],
      "stage5/module1/concatenate": [7, 7, 832],
      "stage5/module2/concatenate": [7, 7, 1024],
    });
  });

  it("puts four branches of a module behind each other", () => {
    const graph = buildGoogLeNet(square(64));
    deepEqual(
      nodeOf(graph, "stage3/module1/concatenate").inputs.map((name) => nodeOf(graph, name).shape[2]),
      [64, 128, 32, 32],
    );
    const before = nodeOf(graph, "stage3/module1/convolution1").inputs;
    for (const branch of ["convolution2a", "convolution3a", "pool4"])
      deepEqual(nodeOf(graph, `stage3/module1/${branch}`).inputs, before);
  });

  it("has dropout 0.4, and normalises each of its 57 convolutions with epsilon 0.001", () => {
    const graph = buildGoogLeNet(square(64));
    deepEqual(
      nodesOfKind(graph, "dropout").map(({ layer }) => layer.rate),
      [0.4],
    );
    equal(nodesOfKind(graph, "convolution").length, 57);
    const norms = nodesOfKind(graph, "batch normalisation");
    equal(norms.length, 57);
    deepEqual([...new Set(norms.map(({ layer }) => layer.epsilon))], [0.001]);
  });

  it("goes without a stride below 97 pixels, and without a pool below 49", () => {
    const stem = (side: number) => {
      const graph = buildGoogLeNet(square(side));
      return [
        nodesOfKind(graph, "convolution")[0]!.layer.stride,
        graph.nodes.some(({ name }) => name === "stem/pool1"),
      ];
    };
    deepEqual(
      [stem(97), stem(96), stem(49), stem(48)],
      [
        [2, true],
        [1, true],
        [1, true],
        [1, false],
      ],
    );
  });
});
