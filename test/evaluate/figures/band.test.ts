import { deepEqual, equal, ok } from "node:assert/strict";

import { evaluatePredictions } from "../../../lib/evaluate/evaluation";
import { styleOfModel } from "../../../lib/display/model-style";
import { bandTrace, curveBand, describeBand, formatConfidence, hasBand } from "../../../lib/evaluate/figures/band";
import type { WeightedStatistic } from "../../../lib/evaluate/bootstrap";
import { examplePredictions } from "../example";

const evaluation = evaluatePredictions(examplePredictions(), { replicates: 100 });

/** The share of malignant cases, and nothing defined. */
const statistic: WeightedStatistic = ({ patient, label }, weights, values) => {
  let [ones, all] = [0, 0];
  label.forEach((one, index) => {
    ones += one * weights[patient[index]!]!;
    all += weights[patient[index]!]!;
  });
  values.set([ones / all, NaN]);
};

describe("curveBand(evaluation, points, statistic)", () => {
  it("holds the curve, and is the same whenever it is computed", () => {
    const band = curveBand(evaluation, 2, statistic);
    ok(Math.abs(band.values[0]! - 1 / 3) < 1e-12);
    ok(band.low[0]! < 1 / 3 && band.high[0]! > 1 / 3);
    deepEqual([band.values[1], band.low[1], band.high[1]], [NaN, null, null]);
    deepEqual(curveBand(evaluation, 2, statistic), band);
  });
});

describe("bandTrace(grid, band, style, group)", () => {
  it("goes along the upper edge and back along the lower, without points that have no edges", () => {
    const band = { values: [0, 0, 0], low: [1, null, 3], high: [4, null, 6] };
    const [trace] = bandTrace([0, 0.5, 1], band, styleOfModel("ENAS"), "m") as { x: number[]; y: number[] }[];
    deepEqual(
      [trace!.x, trace!.y],
      [
        [0, 1, 1, 0],
        [4, 6, 3, 1],
      ],
    );
    deepEqual(bandTrace([0], { values: [0], low: [null], high: [null] }, styleOfModel("ENAS"), "m"), []);
  });
});

describe("formatConfidence(confidence) and describeBand(evaluations)", () => {
  it("write per cent without needless zeros", () => {
    equal(formatConfidence(0.95), "95 %");
    equal(formatConfidence(0.995), "99.5 %");
    equal(describeBand([evaluation, evaluation]), "band: pointwise 95 %, bootstrap over patients");
  });

  it("leave the band to the first of more than three models, and say whose it is", () => {
    const four = [evaluation, evaluation, evaluation, evaluation];
    const bands = (evaluations: typeof four) => evaluations.map((_, index) => hasBand(evaluations, index));
    deepEqual(bands(four), [true, false, false, false]);
    deepEqual(bands(four.slice(1)), [true, true, true]);
    equal(describeBand(four), `band of ${evaluation.model}: pointwise 95 %, bootstrap over patients`);
  });
});
