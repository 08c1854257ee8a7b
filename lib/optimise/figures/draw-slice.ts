import type { Data } from "plotly.js";

import { seriesColors } from "../../display/colors";
import { makeFigure, type Figure } from "../../display/figure";
import type { Dimension } from "../dimension";
import type { Slice } from "../slices";

/**
 * Draws what a setting does to the expected area, the mean over all others, with its 95 % band.
 *
 * @param slice What the setting does.
 * @param dimension What it may be.
 * @param among Those that it is drawn beside, with the same upright axis; default: it alone.
 */
export function drawSlice(slice: Slice, dimension: Dimension, among: readonly Slice[] = [slice]): Figure {
  const { name, values, means, lows, highs } = slice;
  const low = Math.min(...among.flatMap((one) => one.lows));
  const high = Math.max(...among.flatMap((one) => one.highs));
  const margin = (high - low) * 0.05 || 0.01;
  const color = seriesColors[0]!;
  const isChoice = dimension.kind === "choice";
  const x = values.map((value) => (isChoice ? String(value) : value)) as (string | number)[];
  const traces: Partial<Data>[] = isChoice
    ? [
        {
          ...{ type: "scatter", mode: "markers", x, y: [...means], marker: { color, size: 10 } },
          error_y: {
            ...{ type: "data", symmetric: false, color, thickness: 1.5, width: 5 },
            array: highs.map((one, index) => one - means[index]!),
            arrayminus: lows.map((one, index) => means[index]! - one),
          },
          hovertemplate: "%{x}: %{y:.4f}<extra></extra>",
        },
      ]
    : [
        { ...{ type: "scatter", mode: "lines", x, y: [...lows], hoverinfo: "skip" }, line: { width: 0 } },
        {
          ...{ type: "scatter", mode: "lines", x, y: [...highs], hoverinfo: "skip", fill: "tonexty" },
          ...{ line: { width: 0 }, fillcolor: "rgba(0,158,115,0.2)" },
        },
        {
          ...{ type: "scatter", mode: "lines", x, y: [...means], line: { color, width: 2 } },
          hovertemplate: "%{x}: %{y:.4f}<extra></extra>",
        },
      ];
  const logarithmic = dimension.kind !== "choice" && dimension.scale === "logarithmic";
  return makeFigure(traces, {
    title: { text: `${name}<br><sub>mean over all other settings, with its 95 % band</sub>` },
    height: 300,
    xaxis: {
      title: { text: name },
      ...(logarithmic ? { type: "log", ...ticksOf(dimension) } : { type: isChoice ? "category" : "linear" }),
    },
    yaxis: { title: { text: "expected area under the curve" }, range: [low - margin, high + margin] },
    showlegend: false,
  });
}

// 1, 2 and 5 of each power of ten, written out: plotly's own say "2" and "5" for all of them.
function ticksOf({ from, to }: { readonly from: number; readonly to: number }) {
  const powers = Array.from({ length: 13 }, (_, index) => index - 7);
  const tickvals = powers
    .flatMap((power) => [1, 2, 5].map((one) => Number(`${one}e${power}`)))
    .filter((value) => value >= from && value <= to);
  return { tickvals, ticktext: tickvals.map((value) => (value < 1e-3 ? value.toExponential(0) : String(value))) };
}
