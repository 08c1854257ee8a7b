import { deepEqual, equal } from "node:assert/strict";

import { drawDistributions } from "../../../lib/tabular/figures/draw-distributions";

describe("drawDistributions(spaces, marks)", () => {
  it("draws for each value the share of those that are at most as large, and marks as lines", () => {
    const { data } = drawDistributions(
      [
        { name: "shape", values: [0.9, 0.7, 0.8, 0.8] },
        { name: "macro", values: [0.6] },
      ],
      [{ name: "plain CNN", value: 0.85 }],
    );
    const traces = data as { name: string; x: number[]; y: number[] }[];
    deepEqual(
      traces.map(({ name }) => name),
      ["shape (4)", "macro (1)", "plain CNN"],
    );
    deepEqual(
      [traces[0]!.x, traces[0]!.y],
      [
        [0.7, 0.8, 0.8, 0.9],
        [0.25, 0.5, 0.75, 1],
      ],
    );
    deepEqual(traces[2]!.x, [0.85, 0.85]);
    equal(traces[1]!.y[0], 1);
  });
});
