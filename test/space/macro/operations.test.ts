import { deepEqual, equal } from "node:assert/strict";

import { macroOperations, publishedMacroOperations, type MacroOperation } from "../../../lib/space/macro/operations";
import { layersOf } from "../../helpers/operation-layers";

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
      deepEqual(layersOf(macroOperations[`convolution ${size}×${size}` as MacroOperation]), [
        ...squeeze,
        `convolution ${size}`,
        ...end,
      ]);
      deepEqual(layersOf(macroOperations[`separable ${size}×${size}` as MacroOperation]), [
        ...squeeze,
        ...[`depthwise convolution ${size}`, "convolution 1"],
        ...end,
      ]);
    }
    deepEqual(layersOf(macroOperations["average pool 3×3"]), [...squeeze, "average pool 3"]);
    deepEqual(layersOf(macroOperations["max pool 3×3"]), [...squeeze, "max pool 3"]);
  });
});
