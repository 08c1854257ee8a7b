import { deepEqual, equal } from "node:assert/strict";

import { startGraph } from "../../../lib/graph/builder";
import { layers } from "../../../lib/graph/layer";
import { microOperations, publishedMicroOperations, type MicroOperation } from "../../../lib/space/micro/operations";

/** The layers that an operation becomes, each with the size of its window if it has one. */
function layersOf(operation: MicroOperation): string[] {
  const builder = startGraph("one", { height: 8, width: 8, channels: 4 });
  const { build } = microOperations[operation];
  const site = { builder, norm: layers.batchNormalisation(), name: (part = "all") => `${part}/input0` };
  const output = build(site, builder.input);
  deepEqual(output.shape, [8, 8, 4]);
  return builder
    .finish(output)
    .nodes.slice(1)
    .map(({ layer }) => ("size" in layer ? `${layer.kind} ${layer.size}` : layer.kind));
}

describe("microOperations", () => {
  it("begin with the published ones, in their order, which is their code in hashes", () => {
    deepEqual(Object.keys(microOperations).slice(0, 5), publishedMicroOperations);
    equal(publishedMicroOperations.indexOf("separable 5×5"), 1);
    equal(publishedMicroOperations.indexOf("identity"), 4);
  });

  it("become the published layers", () => {
    const half = (size: number) => [
      "activation",
      `depthwise convolution ${size}`,
      "convolution 1",
      "batch normalisation",
    ];
    deepEqual(layersOf("separable 3×3"), [...half(3), ...half(3)]);
    deepEqual(layersOf("separable 5×5"), [...half(5), ...half(5)]);
    deepEqual(layersOf("average pool 3×3"), ["average pool 3"]);
    deepEqual(layersOf("max pool 3×3"), ["max pool 3"]);
    deepEqual(layersOf("identity"), []);
  });
});
