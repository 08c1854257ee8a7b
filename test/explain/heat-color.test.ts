import { deepEqual, ok } from "node:assert/strict";

import { heatColor } from "../../lib/explain/heat-color";
import { viridis } from "../../lib/explain/viridis";

describe("heatColor(gray, value, opacity)", () => {
  it("is the pixel itself at 0 and below, and the map's colour by the opacity at 1 and beyond", () => {
    for (const value of [0, -3]) deepEqual(heatColor(90, value), [90, 90, 90]);
    for (const value of [1, 7]) deepEqual(heatColor(90, value, 1), viridis(1));
    deepEqual(
      heatColor(100, 1, 0.5),
      viridis(1).map((color) => 50 + color / 2),
    );
  });

  it("moves away from the pixel the further the value rises", () => {
    const away = (value: number) => heatColor(127, value).reduce((sum, one) => sum + Math.abs(one - 127), 0);
    ok(away(0.2) > away(0.05) && away(0.6) > away(0.2) && away(1) > away(0.6));
  });
});
