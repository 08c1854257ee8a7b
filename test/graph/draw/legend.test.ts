import { deepEqual, equal, ok } from "node:assert/strict";

import { familyColors, type Family } from "../../../lib/graph/draw/families";
import { renderLegend } from "../../../lib/graph/draw/legend";
import { composeDrawing } from "../../../lib/graph/draw/picture";
import { paint } from "../../helpers/svg";

describe("renderLegend(families)", () => {
  it("names each family that is drawn once, beside its colour, and not what needs no explanation", () => {
    const { content } = renderLegend(["dense", "max pool", "dense", "other", "joining"])!;
    deepEqual(
      [...content.matchAll(/>([^<>]+)<\/text>/g)].map(([, text]) => text),
      ["max pool", "dense"],
    );
    for (const family of ["dense", "max pool"] as const) equal(content.split(familyColors[family]).length, 2);
    equal(renderLegend(["other", "joining"]), null);
  });

  it("fits the page below a picture, and nothing is cut off", async () => {
    const legend = renderLegend(Object.keys(familyColors) as Family[])!;
    ok(legend.width <= 900);
    const drawing = composeDrawing([legend], "", "", legend);
    equal((await paint(drawing)).touched, false);
  });
});
