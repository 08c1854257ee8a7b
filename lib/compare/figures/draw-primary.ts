import type { Data } from "plotly.js";

import { makeFigure, type Figure } from "../../display/figure";
import { colorOfModel } from "../../display/model-style";
import { formatDifference } from "../format-difference";
import type { PrimaryEndpoint } from "../primary-endpoint";

/** How far the axis goes at least, in margins: both ends of the band are in sight. */
const leastReach = 2;

/**
 * Draws the primary endpoint: how far the found model is from its reference, with its interval, and the differences that are taken as
 * none.
 *
 * @returns The figure; to the right of the line the found model is better.
 */
export function drawPrimary(endpoint: PrimaryEndpoint): Figure {
  const { found, reference, difference, low, high, margin, equivalence, confidence } = endpoint;
  const narrow = equivalence === null ? [] : [equivalence.low, equivalence.high];
  const ends = [difference, low ?? 0, high ?? 0, ...narrow].map(Math.abs);
  const reach = 1.15 * Math.max(leastReach * margin, ...ends);
  const interval = (name: string, x: readonly (number | null)[], width: number): Partial<Data>[] =>
    x.length === 0 || x.includes(null)
      ? []
      : [
          {
            ...{ type: "scatter", mode: "lines", name, x: [...x], y: [0, 0] },
            ...{ line: { color: "#222", width }, hoverinfo: "x" },
          },
        ];
  const point: Partial<Data> = {
    ...{ type: "scatter", mode: "markers", name: formatDifference({ estimate: difference, low, high }) },
    ...{ x: [difference], y: [0], hovertemplate: "%{x:+.3f}<extra></extra>" },
    marker: { color: colorOfModel(found.model), symbol: "square", size: 12, line: { color: "#fff", width: 1 } },
  };
  const band: Partial<Data> = {
    ...{ type: "scatter", mode: "lines", name: `taken as none: ± ${margin}`, hoverinfo: "skip" },
    ...{ x: [-margin, margin, margin, -margin, -margin], y: [-1, -1, 1, 1, -1] },
    ...{ fill: "toself", fillcolor: "rgba(120,120,120,0.15)", line: { width: 0, color: "rgba(120,120,120,0.4)" } },
  };
  const traces = [
    band,
    ...interval(`${Math.round(100 * confidence)} % interval`, [low, high], 1.5),
    ...interval("90 % interval, for equivalence", narrow, 5),
    point,
  ];
  return makeFigure(traces, {
    title: {
      text: `${found.model} minus ${reference.model}<br><sub>area under the curve per patient, within folds; right of 0: ${found.model} is better</sub>`,
    },
    height: 210,
    xaxis: { title: { text: "difference in AUC per patient" }, range: [-reach, reach], tickformat: "+.3~f" },
    yaxis: { visible: false, range: [-1, 1] },
    shapes: [
      {
        ...{ type: "line", x0: 0, x1: 0, y0: 0, y1: 1, yref: "paper" },
        line: { color: "#888", width: 1, dash: "dash" },
      },
    ],
    showlegend: true,
  });
}
