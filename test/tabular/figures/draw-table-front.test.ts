import { equal, throws } from "node:assert/strict";

import { drawTableFront } from "../../../lib/tabular/figures/draw-table-front";
import { exampleBenchmark } from "../example";

describe("drawTableFront(table, choice)", () => {
  const choice = { set: "shape", repeat: 1, size: 32, epochs: 15, folds: [1, 2, 3] };

  it("draws a point for each network that trains, over what it costs", () => {
    const { figure, leftOut } = drawTableFront(exampleBenchmark(), choice);
    equal(leftOut, 0);
    const points = figure.data.find((trace) => (trace as { mode?: string }).mode === "markers") as { x: number[] };
    equal(points.x.length, 24);
    equal(Math.max(...points.x), 2_400_000);
  });

  it("refuses trainings that are not there", () => {
    throws(() => drawTableFront(exampleBenchmark(), { ...choice, size: 64 }), /no network of shape/);
  });
});
