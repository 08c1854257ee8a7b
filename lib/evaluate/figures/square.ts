import type { Layout } from "plotly.js";

/** What is written at a drawing. */
interface Titles {
  readonly title: string;
  readonly x: string;
  readonly y: string;
}

/**
 * Lays out a square drawing of two shares, both from 0 to 1, with its legend below.
 *
 * @param models How many entries the legend has; each takes a line.
 */
export function squareLayout({ title, x, y }: Titles, models: number): Partial<Layout> {
  const legend = 30 * models + 20;
  const axis = { range: [-0.01, 1.01], dtick: 0.2 };
  return {
    title: { text: title, x: 0.02, xanchor: "left" },
    width: 600,
    height: 620 + legend,
    margin: { l: 64, r: 24, t: 84, b: 72 + legend },
    xaxis: { ...axis, title: { text: x }, constrain: "domain" },
    yaxis: { ...axis, title: { text: y }, scaleanchor: "x", constrain: "domain" },
    legend: { x: 0, y: -0.16, xanchor: "left", yanchor: "top", orientation: "v" },
  };
}
