import type { Config, Data, Layout } from "plotly.js";

import { seriesColors } from "./colors";
import { show } from "./notebook";

/** A plotly figure, as plain data. */
export interface Figure {
  readonly data: Partial<Data>[];
  readonly layout: Partial<Layout>;
  readonly config: Partial<Config>;
}

const axis = {
  automargin: true,
  showline: true,
  linecolor: "#888",
  gridcolor: "#e6e6e6",
  zeroline: false,
  ticks: "outside",
  tickcolor: "#888",
} as const;

/**
 * Makes a figure in the project's style: white ground, light grid, colours that anybody can tell apart.
 *
 * @param data The traces, as plotly takes them.
 * @param layout What differs from the style: the title, the axes' titles with their units.
 */
export function makeFigure(data: Partial<Data>[], layout: Partial<Layout>): Figure {
  return {
    data,
    layout: {
      font: {
        family: "system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', Arial, sans-serif",
        size: 13,
        color: "#222",
      },
      paper_bgcolor: "#fff",
      plot_bgcolor: "#fff",
      colorway: [...seriesColors],
      height: 360,
      margin: { l: 64, r: 24, t: 56, b: 56 },
      ...layout,
      xaxis: { ...axis, ...layout.xaxis },
      yaxis: { ...axis, ...layout.yaxis },
    },
    config: { displaylogo: false, responsive: true },
  };
}

/**
 * Shows a figure below the running cell, live and without a network; in a terminal, prints its title.
 *
 * @param figure The figure, from {@link makeFigure} or plotly's own form.
 */
export function showFigure(figure: Figure): void {
  const { title } = figure.layout;
  const name = typeof title === "string" ? title : (title?.text ?? "without a title");
  show({ "application/vnd.plotly.v1+json": figure, "text/plain": `Figure: ${name}` });
}
