import { deepEqual, equal } from "node:assert/strict";

import { startGraph } from "../../../lib/graph/builder";
import { layers } from "../../../lib/graph/layer";
import { macroOperations, publishedMacroOperations, type MacroOperation } from "../../../lib/space/macro/operations";

/** The layers that an operation becomes, each with the size of its window if it has one. */
function layersOf(operation: MacroOperation): string[] {
  const builder = startGraph("one", { height: 8, width: 8, channels: 4 });
  const { build } = macroOperations[operation];
  const site = { builder, norm: layers.batchNormalisation(), name: (part = "all") => `layer0/${part}` };
  const output = build(site, builder.input);
  deepEqual(output.shape, [8, 8, 4]);
  return builder
    .finish(output)
    .nodes.slice(1)
    .map(({ layer }) => ("size" in layer ? `${layer.kind} ${layer.size}` : layer.kind));
}

describe("macroOperations", () => {
  it("begin with the published ones, in their order, which is their code in hashes", () => {
    deepEqual(Object.keys(macroOperations).slice(0, 6), publishedMacroOperations);
    equal(publishedMacroOperations.indexOf("separable 3×3"), 1);
    equal(publishedMacroOperations.indexOf("max pool 3×3"), 5);
  });

  it("become the published layers, behind a 1×1 convolution each", () => {
    const end = ["batch normalisation", "activation"];
    const squeeze = ["convolution 1", ...end];
    for (const size of [3, 5]) {
      deepEqual(layersOf(`convolution ${size}×${size}` as MacroOperation), [...squeeze, `convolution ${size}`, ...end]);
      deepEqual(layersOf(`separable ${size}×${size}` as MacroOperation), [
        ...squeeze,
        ...[`depthwise convolution ${size}`, "convolution 1"],
        ...end,
      ]);
    }
    deepEqual(layersOf("average pool 3×3"), [...squeeze, "average pool 3"]);
    deepEqual(layersOf("max pool 3×3"), [...squeeze, "max pool 3"]);
  });
});
