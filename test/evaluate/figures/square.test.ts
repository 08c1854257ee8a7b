import { deepEqual, equal } from "node:assert/strict";

import { makeFigure } from "../../../lib/display/figure";
import { squareLayout } from "../../../lib/evaluate/figures/square";

describe("squareLayout(titles)", () => {
  it("has axes of one scale and one range", () => {
    const layout = squareLayout({ title: "T", x: "a", y: "b" });
    equal(layout.yaxis!.scaleanchor, "x");
    deepEqual(layout.xaxis!.range, layout.yaxis!.range);
    deepEqual([layout.xaxis!.title, layout.yaxis!.title], [{ text: "a" }, { text: "b" }]);
  });

  it("is as large for any number of curves, whose legend makes the figure higher", () => {
    const room = (models: number) => {
      const traces = Array.from({ length: models }, (_, place) => ({
        type: "scatter" as const,
        name: `model ${place}`,
      }));
      const { height, margin } = makeFigure(traces, squareLayout({ title: "T", x: "a", y: "b" })).layout;
      return height! - margin!.t! - margin!.b!;
    };
    equal(room(1), room(9));
    equal(room(1), 380);
  });
});
