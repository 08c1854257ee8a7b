import type { Data } from "plotly.js";

import { seriesColors } from "../../display/colors";
import { makeFigure, type Figure } from "../../display/figure";

/** Networks of a space, and what each is worth. */
export interface Distribution {
  /** What they are called: "shape". */
  readonly name: string;
  /** The area of each. */
  readonly values: readonly number[];
}

/**
 * Draws which share of the networks of each space is at most so good: a space whose curve lies further to the right is better
 * throughout (Radosavovic and others, "On network design spaces for visual recognition", ICCV 2019).
 *
 * @param spaces The spaces, in the order of their colours.
 * @param marks Single networks that are drawn as lines: the plain CNN, for example; default: none.
 * @returns The figure.
 */
export function drawDistributions(
  spaces: readonly Distribution[],
  marks: readonly { readonly name: string; readonly value: number }[] = [],
): Figure {
  const traces = spaces.map(({ name, values }, index): Partial<Data> => {
    const sorted = [...values].sort((a, b) => a - b);
    return {
      type: "scatter",
      mode: "lines",
      name: `${name} (${sorted.length})`,
      x: sorted,
      y: sorted.map((_, rank) => (rank + 1) / sorted.length),
      line: {
        color: seriesColors[index % seriesColors.length]!,
        shape: "hv",
        width: 2,
        dash: index < seriesColors.length ? "solid" : "dash",
      },
      hovertemplate: `${name}<br>%{y:.0%} are at most %{x:.4f}<extra></extra>`,
    };
  });
  const lines = marks.map(({ name, value }): Partial<Data> => ({
    ...{ type: "scatter", mode: "lines", name, x: [value, value], y: [0, 1] },
    line: { color: "#555", width: 1.5, dash: "dot" },
    hovertemplate: `${name}: %{x:.4f}<extra></extra>`,
  }));
  return makeFigure([...traces, ...lines], {
    title: {
      text: "Networks drawn by chance from each space<br><sub>further to the right is better</sub>",
    },
    height: 400,
    xaxis: { title: { text: "area under the curve (mean over folds)" } },
    yaxis: { title: { text: "share of the networks" }, range: [0, 1.02], tickformat: ".0%" },
    showlegend: true,
  });
}
