import { deepEqual } from "node:assert/strict";

import { drawImportance } from "../../../lib/optimise/figures/draw-importance";

describe("drawImportance(importances, title)", () => {
  it("has a bar for what a setting does by itself and one for all, none below 0", () => {
    const { data } = drawImportance([
      { name: "rate", alone: 0.5, total: 0.6 },
      { name: "decay", alone: -0.01, total: 0.02 },
    ]);
    deepEqual(
      (data as { x: number[] }[]).map(({ x }) => x),
      [
        [0.5, 0],
        [0.6, 0.02],
      ],
    );
  });
});
