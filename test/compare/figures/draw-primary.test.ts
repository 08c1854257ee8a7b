import { deepEqual, equal, match } from "node:assert/strict";

import { drawPrimary } from "../../../lib/compare/figures/draw-primary";
import { judgePrimary } from "../../../lib/compare/primary-endpoint";
import { titleOfFigure } from "../../../lib/report/figure-data";
import { examplePredictions } from "../example";

describe("drawPrimary(endpoint)", () => {
  const [found, plain] = [
    examplePredictions("ENAS", { skill: 2 }),
    examplePredictions("plain CNN", { skill: 1, draw: 2 }),
  ];
  const endpoint = judgePrimary([found, plain], { found: "ENAS", reference: "plain CNN" });

  it("draws the difference and both intervals that the sentence tells, and what is taken as none", () => {
    const { data, layout } = drawPrimary(endpoint);
    const traces = data as unknown as { name: string; x: number[] }[];
    const of = (name: RegExp) => traces.find((trace) => name.test(trace.name))!.x;
    deepEqual(of(/^95 % interval/), [endpoint.low, endpoint.high]);
    deepEqual(of(/^90 %/), [endpoint.equivalence!.low, endpoint.equivalence!.high]);
    deepEqual(of(/^[+−]0\.\d{3} \[/), [endpoint.difference]);
    deepEqual(of(/taken as none: ± 0\.01/).slice(0, 2), [-0.01, 0.01]);
    const [low, high] = layout.xaxis!.range as [number, number];
    equal(low < Math.min(endpoint.low!, -0.01) && high > Math.max(endpoint.high!, 0.01), true);
    match(titleOfFigure(drawPrimary(endpoint)), /ENAS minus plain CNN/);
  });

  it("draws a difference alone where it has no interval", () => {
    const bare = { ...endpoint, low: null, high: null, equivalence: null };
    equal(drawPrimary(bare).data.length, 2);
  });
});
