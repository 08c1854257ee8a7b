import { escapeHtml } from "../../display/html";
import { show, type MimeBundle } from "../../display/notebook";
import type { Drawing } from "./picture";

/**
 * Shows a drawing below the running cell, as wide as the page allows; in a terminal, prints what it shows in words.
 */
export function showDrawing(drawing: Drawing): void {
  show(drawingOutput(drawing, drawing.title));
}

/**
 * Makes an output of a drawing.
 *
 * The picture is inside an `img`: JupyterLab takes bare SVG out of notebooks that it does not trust, which are all that
 * someone else has run, and lets images stay.
 *
 * @param heading What stands above it.
 */
export function drawingOutput({ svg, title, description, width }: Drawing, heading: string): MimeBundle {
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  const words = escapeHtml(`${title}\n${description}`);
  const picture = `<img src="${source}" alt="${words}" width="${width}" style="max-width:100%;height:auto;background-color:#ffffff">`;
  const caption = `<figcaption style="font-weight:600;padding-bottom:4px">${escapeHtml(heading)}</figcaption>`;
  return {
    "text/html": `<figure style="margin:0;max-width:100%">${caption}${picture}</figure>`,
    "text/plain": `${heading}\n${description}`,
  };
}
