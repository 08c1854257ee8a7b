import { deepEqual, equal, throws } from "node:assert/strict";

import { drawRecalibration } from "../../../lib/external/figures/draw-recalibration";
import type { RecalibrationPoint } from "../../../lib/external/recalibrate";

const value = (mean: number) => ({ mean, low: mean - 0.1, high: mean + 0.1 });
const point = (images: number, kind: RecalibrationPoint["kind"], loss: number): RecalibrationPoint => ({
  ...{ images, kind, unfitted: 0, logLoss: value(loss) },
  ...{
    brierScore: value(0.2),
    tooHigh: value(0),
    accuracy: value(0.8),
    sensitivity: value(0.8),
    specificity: value(0.8),
  },
});

describe("drawRecalibration(points, model, measure)", () => {
  const points = [
    point(0, "as it came", 0.9),
    point(20, "intercept", 0.6),
    point(20, "intercept and slope", 0.7),
    point(50, "intercept", 0.5),
    point(50, "intercept and slope", 0.55),
  ];

  it("draws a curve with a band for each way, both from the network as it came", () => {
    const traces = drawRecalibration(points, "ENAS").data as unknown as { mode: string; x: number[]; y: number[] }[];
    const lines = traces.filter(({ mode }) => mode === "lines+markers");
    deepEqual(
      lines.map(({ x, y }) => [x, y]),
      [
        [[0, 20, 50], [0.9, 0.6, 0.5]],
        [[0, 20, 50], [0.9, 0.7, 0.55]],
      ], // prettier-ignore
    );
    equal(traces.length, 4);
    deepEqual((drawRecalibration(points, "ENAS", "accuracy").data[1] as { y?: unknown }).y, [0.8, 0.8, 0.8]);
  });

  it("refuses where nothing was recalibrated", () => {
    throws(() => drawRecalibration(points.slice(0, 1), "ENAS"), /Nothing was recalibrated/);
  });
});
