import { deepEqual, equal } from "node:assert/strict";

import { checkDimensions } from "../../../lib/optimise/dimension";
import { drawSlice } from "../../../lib/optimise/figures/draw-slice";

describe("drawSlice(slice, dimension, among)", () => {
  it("has one figure a setting, on the scale that it was drawn by, all with the same upright axis", () => {
    const dimensions = checkDimensions({
      rate: { kind: "number", from: 0.01, to: 1, scale: "logarithmic" },
      doubling: { kind: "choice", of: [true, false] },
    });
    const of = (name: string, values: (number | boolean)[], means: number[]) => ({
      ...{ name, values, means },
      lows: means.map((one) => one - 0.1),
      highs: means.map((one) => one + 0.1),
    });
    const slices = [of("rate", [0.01, 1], [0.8, 0.9]), of("doubling", [true, false], [0.7, 0.7])];
    const figures = slices.map((slice) => drawSlice(slice, dimensions[slice.name]!, slices));
    deepEqual(
      figures.map(({ layout }) => layout.xaxis!.type),
      ["log", "category"],
    );
    deepEqual(figures[0]!.layout.xaxis!.ticktext, ["0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1"]);
    deepEqual(figures[0]!.layout.yaxis!.range, figures[1]!.layout.yaxis!.range);
    equal(figures[0]!.data.length, 3);
  });
});
