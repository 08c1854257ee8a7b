import { deepEqual, equal, ok } from "node:assert/strict";

import { squareLayout } from "../../../lib/evaluate/figures/square";

describe("squareLayout(titles, models)", () => {
  it("has axes of one scale and one range", () => {
    const layout = squareLayout({ title: "T", x: "a", y: "b" }, 2);
    equal(layout.yaxis!.scaleanchor, "x");
    deepEqual(layout.xaxis!.range, layout.yaxis!.range);
    deepEqual([layout.xaxis!.title, layout.yaxis!.title], [{ text: "a" }, { text: "b" }]);
  });

  it("leaves as much room for curves, however long the legend is", () => {
    const room = (models: number) => {
      const { height, margin } = squareLayout({ title: "T", x: "a", y: "b" }, models);
      return height! - margin!.t! - margin!.b!;
    };
    equal(room(1), room(9));
    ok(room(1) > 300);
  });
});
