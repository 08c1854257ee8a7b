import { seriesColors } from "../../display/colors";
import { makeFigure, type Figure } from "../../display/figure";
import { heightOfRows, wrapName } from "../../display/wrap-text";
import type { Importance } from "../importance";

/** Draws how much of the spread of areas each setting accounts for, by itself and together with others. */
export function drawImportance(importances: readonly Importance[], title = "What matters"): Figure {
  const names = importances.map(({ name }) => wrapName(name));
  const bars = (name: string, of: "alone" | "total", color: string) => ({
    ...({ type: "bar", orientation: "h", name } as const),
    // Of a share next to nothing, what is drawn by chance may be below 0.
    x: importances.map((one) => Math.max(0, one[of])),
    y: names,
    marker: { color },
    hovertemplate: `%{y}: %{x:.2f} ${name}<extra></extra>`,
  });
  return makeFigure(
    [bars("by itself", "alone", seriesColors[0]!), bars("and with others", "total", seriesColors[3]!)],
    {
      title: { text: `${title}<br><sub>shares of the variance, by what the model of all trials expects</sub>` },
      barmode: "group",
      height: 120 + heightOfRows(names, 44),
      xaxis: { title: { text: "share of the variance" }, rangemode: "tozero" },
      yaxis: { autorange: "reversed", showgrid: false },
      showlegend: true,
    },
  );
}
