import type { Config, Data, Layout } from "plotly.js";

import { seriesColors } from "./colors";
import { frameFigure } from "./frame";
import { show } from "./notebook";

/** A plotly figure, as plain data. */
export interface Figure {
  readonly data: Partial<Data>[];
  readonly layout: Partial<Layout>;
  readonly config: Partial<Config>;
}

/** How plotly draws all figures: without the buttons that say nothing more than the mouse does, as fewer cover less. */
export const figureConfig: Partial<Config> = {
  ...{ displaylogo: false, displayModeBar: "hover", responsive: true },
  modeBarButtonsToRemove: ["select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d"],
};

/**
 * Makes a figure in the project's style: white ground, light grid, colours that anybody can tell apart, the heading above and the legend
 * below the plane, at any width of a page.
 *
 * @param data The traces, as plotly takes them.
 * @param layout What differs from the style: the title, whose further lines are notes; the axes' titles with their units; the height
 *   with a heading of one line and without a legend, in pixels, by default 360. A legend is there from two entries on, or where
 *   `showlegend` says so.
 */
export function makeFigure(data: Partial<Data>[], layout: Partial<Layout>): Figure {
  const framed = frameFigure(data, layout);
  return {
    data: framed.data,
    layout: {
      font: {
        family: "system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', Arial, sans-serif",
        size: 13,
        color: "#222",
      },
      paper_bgcolor: "#fff",
      plot_bgcolor: "#fff",
      colorway: [...seriesColors],
      // In the right margin, where it covers neither heading nor legend.
      modebar: { orientation: "v", bgcolor: "rgba(255,255,255,0.8)" },
      ...framed.layout,
    },
    config: figureConfig,
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
  show({ "application/vnd.plotly.v1+json": figure, "text/plain": `Figure: ${withoutMarkup(name)}` });
}

/** Makes plain text of a title of plotly's, in which lines are broken and notes are small by tags. */
function withoutMarkup(title: string): string {
  const lines = title.split("<br>");
  const plain = (some: readonly string[]) => some.join(" ").replaceAll(/<[^>]*>/g, "");
  const isNote = (line: string) => line.startsWith("<");
  const notes = plain(lines.filter(isNote));
  return `${plain(lines.filter((line) => !isNote(line)))}${notes === "" ? "" : ` (${notes})`}`;
}
