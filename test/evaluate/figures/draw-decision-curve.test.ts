import { deepEqual, equal, ok } from "node:assert/strict";

import { evaluatePredictions } from "../../../lib/evaluate/evaluation";
import { drawDecisionCurve, netBenefitOnGrid } from "../../../lib/evaluate/figures/draw-decision-curve";
import { makeSamples } from "../../../lib/evaluate/sample";
import { casesOf, examplePredictions } from "../example";

/** A trace, as far as it is looked at. */
interface Trace {
  readonly x: number[];
  readonly y: number[];
  readonly name?: string;
}

const near = (found: number, expected: number) => {
  ok(Math.abs(found - expected) < 1e-12, `${found}, expected ${expected}`);
};

describe("drawDecisionCurve(evaluations)", () => {
  const evaluation = evaluatePredictions(examplePredictions(), { replicates: 100 });
  const traces = drawDecisionCurve([evaluation, { ...evaluation, model: "other" }]).data as Trace[];

  it("stands models beside acting on all and on none", () => {
    deepEqual(
      traces.flatMap(({ name }) => name ?? []),
      ["act on all", "act on none", "example", "other"],
    );
  });

  it("is worth nothing to act on all from the share of malignant cases on", () => {
    const all = traces.find(({ name }) => name === "act on all")!;
    equal(all.x.filter((_, index) => all.y[index]! > 0).at(-1), 0.33);
  });
});

describe("netBenefitOnGrid(sample, weights, values)", () => {
  it("is the share of hits, less that of alarms by the odds of the threshold", () => {
    const values = new Float64Array(99);
    const { samples } = makeSamples(casesOf([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]));
    netBenefitOnGrid(samples[0]!, new Uint16Array(4).fill(1), values);
    near(values[4]!, 2 / 4 - (2 / 4) * (0.05 / 0.95));
    near(values[19]!, 2 / 4 - (1 / 4) * (0.2 / 0.8));
    near(values[74]!, 1 / 4 - (1 / 4) * (0.75 / 0.25));
    near(values[84]!, 1 / 4);
    equal(values[94], 0);
  });
});
