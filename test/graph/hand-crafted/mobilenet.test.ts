import { deepEqual, equal, ok } from "node:assert/strict";

import { nodeOf } from "../../../lib/graph/graph";
import { buildMobileNetV2 } from "../../../lib/graph/hand-crafted/mobilenet";
import { nodesOfKind, square } from "./count";

describe("buildMobileNetV2(size, options)", () => {
  it("has 17 blocks, ten of them with a skip", () => {
    const graph = buildMobileNetV2(square(224, 3));
    equal(nodesOfKind(graph, "depthwise convolution").length, 17);
    equal(nodesOfKind(graph, "add").length, 10);
  });

  it("has the sizes of the paper's table 2", () => {
    const graph = buildMobileNetV2(square(224, 3));
    deepEqual(
      [1, 2, 3, 4, 5, 6, 7].map((stage) => nodeOf(graph, `stage${stage}/block1/project/norm`).shape),
      [
        [112, 112, 16],
        [56, 56, 24],
        [28, 28, 32],
        [14, 14, 64],
        [14, 14, 96],
        [7, 7, 160],
        [7, 7, 320],
      ],
    );
    deepEqual(nodeOf(graph, "head/relu6").shape, [7, 7, 1280]);
  });

  it("narrows without an activation, and uses ReLU6 elsewhere", () => {
    const graph = buildMobileNetV2(square(64));
    const functions = nodesOfKind(graph, "activation").map(({ name, layer }) => {
      ok(!name.includes("/project/"), name);
      return layer.function;
    });
    deepEqual([...new Set(functions)], ["relu6"]);
    deepEqual(
      nodesOfKind(graph, "dropout").map(({ layer }) => layer.rate),
      [0.2],
    );
  });

  it("spares the stem's halving first, and stage 2's next", () => {
    const sides = (side: number) => {
      const graph = buildMobileNetV2(square(side));
      return ["stem/norm", "stage2/block1/project/norm", "stage3/block1/project/norm"].map(
        (name) => nodeOf(graph, name).shape[0],
      );
    };
    deepEqual(sides(128), [64, 32, 16]);
    deepEqual(sides(64), [64, 32, 16]);
    deepEqual(sides(32), [32, 32, 16]);
  });
});
