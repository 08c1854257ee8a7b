import type { Layout } from "plotly.js";

import { drawnWide } from "../../display/frame";

/** What is written at a drawing. */
interface Titles {
  readonly title: string;
  readonly x: string;
  readonly y: string;
}

/**
 * Lays out a square drawing of two shares, both from 0 to 1, with a legend. It is square at any width of the page: as wide as there is
 * room, at most 380 pixels.
 */
export function squareLayout({ title, x, y }: Titles): Partial<Layout> {
  const axis = { range: [-0.01, 1.01], dtick: 0.2, constrain: "domain" as const };
  return {
    title: { text: title },
    height: 484,
    xaxis: { ...axis, title: { text: x }, constraintoward: "left" },
    yaxis: { ...axis, title: { text: y }, constraintoward: "top", scaleanchor: "x" },
    showlegend: true,
    ...drawnWide(500),
  };
}
