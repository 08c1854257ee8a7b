import type { Data } from "plotly.js";

import { seriesColors } from "../../display/colors";
import { makeFigure, type Figure } from "../../display/figure";
import type { ReplayPoint } from "../replay";

/** A strategy with its points. */
export interface ReplayCurve {
  /** Its title. */
  readonly title: string;
  readonly points: readonly ReplayPoint[];
}

/**
 * Draws how far below the best of a table strategies end, over what they may use.
 *
 * @param curves The strategies, replayed with the same budgets and seed.
 * @returns The figure; lower is better. Bars are the 95 % intervals over the networks of the table.
 */
export function drawReplays(curves: readonly ReplayCurve[]): Figure {
  const traces = curves.map(({ title, points }, index): Partial<Data> => {
    // More strategies than colours: the second round is dashed, with other markers.
    const [color, round] = [seriesColors[index % seriesColors.length]!, Math.floor(index / seriesColors.length)];
    return {
      type: "scatter",
      mode: "lines+markers",
      name: title,
      // Beside each other, so that bars can be told apart.
      x: points.map(({ budget }) => (budget / 60) * 1.015 ** (index - (curves.length - 1) / 2)),
      y: points.map(({ regret }) => regret),
      error_y: {
        type: "data",
        symmetric: false,
        array: points.map(({ regret, interval }) => Math.max(0, interval[1] - regret)),
        arrayminus: points.map(({ regret, interval }) => Math.max(0, regret - interval[0])),
        color,
        thickness: 1.2,
        width: 3,
      },
      line: { color, width: 2, dash: round === 0 ? "solid" : "dash" },
      marker: { color, size: 7, symbol: round === 0 ? "circle" : "square" },
      text: points.map(({ budget, regret }) => `${title}<br>${(budget / 60).toFixed(0)} min: ${regret.toFixed(4)}`),
      hovertemplate: "%{text}<extra></extra>",
    };
  });
  const minutes = [...new Set(curves.flatMap(({ points }) => points.map(({ budget }) => budget / 60)))];
  return makeFigure(traces, {
    title: {
      text: "Strategies replayed on the table<br><sub>bars: 95 % over the table's networks; lower is better</sub>",
    },
    height: 440,
    xaxis: {
      title: { text: "processor time (minutes)" },
      ...{ type: "log", tickvals: minutes, ticktext: minutes.map((at) => at.toFixed(at < 10 ? 1 : 0)) },
    },
    yaxis: { title: { text: "area below the best network of the pool" }, rangemode: "tozero" },
    showlegend: true,
  });
}
