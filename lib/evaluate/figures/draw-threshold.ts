import type { Data } from "plotly.js";

import { classStyles } from "../../display/colors";
import { makeFigure, type Figure } from "../../display/figure";
import type { Evaluation } from "../evaluation";
import type { Sample } from "../sample";
import { curveBand, describeBand } from "./band";

/** Thresholds, 0 to 1. */
const grid = Array.from({ length: 101 }, (_, index) => index / 100);

/**
 * Draws sensitivity and specificity over the threshold, in the colours of the classes they are shares of, and the thresholds
 * that were chosen. To choose one from this figure would be to choose it on what is tested.
 *
 * @param evaluation The model's evaluation. With several seeds, the curves are means.
 */
export function drawThreshold(evaluation: Evaluation): Figure {
  const band = curveBand(evaluation, 2 * grid.length, sharesOnGrid);
  const thresholds = [...new Set(evaluation.thresholds.map(({ threshold }) => threshold))];
  const curves = (["malignant", "benign"] as const).flatMap((name, index) => {
    const part = <Value>(list: readonly Value[]) => list.slice(index * grid.length, (index + 1) * grid.length);
    return drawCurve(name, part(band.values), part(band.low), part(band.high));
  });
  return makeFigure(curves, {
    title: {
      text: `Thresholds of ${evaluation.model}<br><sub>vertical: ${evaluation.thresholdRule}<br>${describeBand([evaluation])}</sub>`,
      x: 0.02,
      xanchor: "left",
    },
    width: 680,
    height: 490,
    margin: { l: 64, r: 24, t: 112, b: 56 },
    xaxis: { title: { text: "threshold (probability of malignant)" }, range: [0, 1], dtick: 0.2 },
    yaxis: { title: { text: "share decided rightly" }, range: [-0.01, 1.02], dtick: 0.2 },
    legend: { x: 0.5, xanchor: "center", y: 0.02, yanchor: "bottom", bgcolor: "rgba(255,255,255,0.8)" },
    shapes: thresholds.map((threshold) => ({
      type: "line" as const,
      x0: threshold,
      x1: threshold,
      y0: 0,
      y1: 1,
      yref: "paper" as const,
      line: { color: "#222", width: 1, dash: "dot" as const },
    })),
  });
}

/**
 * Computes sensitivity and specificity over thresholds.
 *
 * @param sample The cases of one seed, in falling order of probability.
 * @param weights How often each patient counts: `[patients]`.
 * @param values Where the sensitivities, then the specificities, at 0, 0.01, ... 1 are written: `[2 × 101]`; NaN where there is
 *   no case of the class.
 */
export function sharesOnGrid(sample: Sample, weights: Uint16Array, values: Float64Array): void {
  const { patient, label, probability } = sample;
  let [hits, alarms, index] = [0, 0, 0];
  for (let place = grid.length - 1; place >= 0; place--) {
    for (; index < label.length && probability[index]! >= grid[place]!; index++) {
      const weight = weights[patient[index]!]!;
      if (label[index] === 1) hits += weight;
      else alarms += weight;
    }
    values[place] = hits;
    values[grid.length + place] = alarms;
  }
  // At the threshold 0 all are called malignant, so that these are all there are.
  const [ones, zeros] = [hits, alarms];
  for (let place = 0; place < grid.length; place++) {
    values[place] = values[place]! / ones;
    values[grid.length + place] = 1 - values[grid.length + place]! / zeros;
  }
}

function drawCurve(
  name: "malignant" | "benign",
  values: readonly number[],
  low: readonly (number | null)[],
  high: readonly (number | null)[],
): Partial<Data>[] {
  const { color, dash } = classStyles[name];
  const title = name === "malignant" ? "sensitivity (malignant)" : "specificity (benign)";
  if (values.some((value) => Number.isNaN(value))) return [];
  const edges: Partial<Data>[] = low.includes(null)
    ? []
    : [
        {
          type: "scatter",
          mode: "lines",
          x: [...grid, ...[...grid].reverse()],
          y: [...high, ...[...low].reverse()],
          fill: "toself",
          fillcolor: color,
          opacity: 0.15,
          line: { width: 0 },
          hoverinfo: "skip",
          legendgroup: name,
          showlegend: false,
        },
      ];
  return [
    ...edges,
    {
      type: "scatter",
      mode: "lines",
      name: title,
      x: grid,
      y: [...values],
      line: { color, width: 2, dash },
      hovertemplate: `${title} %{y:.3f}<br>threshold %{x:.2f}<extra></extra>`,
      legendgroup: name,
    },
  ];
}
