import { equal } from "node:assert/strict";

import { classStyles } from "../../../lib/display/colors";
import { familyColors, familyOfLayer } from "../../../lib/graph/draw/families";
import { layers } from "../../../lib/graph/layer";

/** How light a colour is, 0 to 1, by the definition of the Web Content Accessibility Guidelines. */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const level = parseInt(color.slice(start, start + 2), 16) / 255;
    return level <= 0.03928 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

describe("familyColors", () => {
  it("are all different, and none is that of a class", () => {
    const colors = Object.values(familyColors).map((color) => color.toUpperCase());
    equal(new Set(colors).size, colors.length);
    for (const { color } of Object.values(classStyles)) equal(colors.includes(color.toUpperCase()), false, color);
  });

  it("are light enough for black text, by the ratio of 4.5 that the guidelines ask for", () => {
    for (const [family, color] of Object.entries(familyColors))
      equal((luminance(color) + 0.05) / 0.05 >= 4.5, true, family);
  });
});

describe("familyOfLayer(layer)", () => {
  it("gives a layer the family of the operation that it is a part of", () => {
    equal(familyOfLayer(layers.convolution({ size: 3, filters: 1 })), "convolution");
    equal(familyOfLayer(layers.depthwise({ size: 3 })), "separable convolution");
    equal(familyOfLayer(layers.globalAveragePool()), "average pool");
    equal(familyOfLayer(layers.globalMaxPool()), "max pool");
    equal(familyOfLayer(layers.concatenate()), "joining");
    equal(familyOfLayer(layers.batchNormalisation()), "other");
  });
});
