import { deepEqual, equal, ok } from "node:assert/strict";

import { drawReplays } from "../../../lib/tabular/figures/draw-replays";
import type { ReplayPoint } from "../../../lib/tabular/replay";

describe("drawReplays(curves)", () => {
  const point = (budget: number, regret: number): ReplayPoint => ({
    ...{ budget, regret, quartiles: [0, 1], byPool: [] },
    interval: [regret - 0.001, regret + 0.002],
  });
  const curves = Array.from({ length: 7 }, (_, index) => ({
    title: `strategy ${index}`,
    points: [point(60, 0.01), point(600, 0.005 + index / 1000)],
  }));

  it("draws each strategy in its own way, in minutes, with its interval", () => {
    const { data } = drawReplays(curves);
    const traces = data as {
      name: string;
      x: number[];
      error_y: { array: number[]; arrayminus: number[] };
      line: object;
    }[];
    deepEqual(
      traces.map(({ name }) => name),
      curves.map(({ title }) => title),
    );
    equal(new Set(traces.map(({ line }) => JSON.stringify(line))).size, 7);
    for (const { x, error_y } of traces) {
      ok(Math.abs(x[0]! - 1) < 0.06 && Math.abs(x[1]! - 10) < 0.6);
      ok(Math.abs(error_y.array[0]! - 0.002) < 1e-9 && Math.abs(error_y.arrayminus[0]! - 0.001) < 1e-9);
    }
  });
});
