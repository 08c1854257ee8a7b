import { familyColors, type Family } from "./families";
import { pageWidth, type DrawingPart } from "./picture";

/** What the legend calls a family; what is not here needs no explanation. */
const names: Readonly<Partial<Record<Family, string>>> = {
  convolution: "convolution",
  "separable convolution": "separable convolution",
  "max pool": "max pool",
  "average pool": "average pool",
  dense: "dense",
  identity: "identity",
};

/** All lengths in CSS pixels; a letter is 6.9 wide at most on average, in the fonts that stand for Helvetica. */
const [edge, swatch, gap, lineHeight, letter] = [4, 12, 14, 20, 6.9];

/**
 * Draws what the colours of operations mean.
 *
 * @param families The families that are drawn, in any order, each as often as one likes.
 * @returns The part of a picture, not wider than a page; null where there is nothing to explain.
 */
export function renderLegend(families: Iterable<Family>): DrawingPart | null {
  const drawn = new Set(families);
  const shown = (Object.keys(familyColors) as Family[]).filter((family) => drawn.has(family) && names[family]);
  if (shown.length === 0) return null;
  let [x, y, width] = [edge, 0, 0];
  const entries = shown.map((family) => {
    const text = names[family]!;
    const own = swatch + 5 + text.length * letter;
    if (x > edge && x + own > pageWidth - edge) [x, y] = [edge, y + lineHeight];
    const entry = [
      `<rect x="${x + 0.5}" y="${y + 4.5}" width="${swatch}" height="${swatch}" rx="2" fill="${familyColors[family]}" stroke="#444444"/>`,
      `<text x="${x + swatch + 6}" y="${y + 14.5}" font-family="Helvetica,sans-Serif" font-size="11.00">${text}</text>`,
    ].join("");
    width = Math.max(width, x + own);
    x += own + gap;
    return entry;
  });
  return {
    content: `<g class="legend">${entries.join("\n")}</g>`,
    width: Math.ceil(width) + edge,
    height: y + lineHeight,
  };
}
