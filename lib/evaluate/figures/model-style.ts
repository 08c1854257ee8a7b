import { seriesColors } from "../../display/colors";

/** How a model is drawn beside others. */
export interface ModelStyle {
  /** Its colour, as CSS; none of those of the classes. */
  readonly color: string;
  /** The same colour, nearly transparent, for a band. */
  readonly band: string;
  /** Its line, as plotly names it, so that print in black and white tells models apart. */
  readonly dash: "solid" | "dash" | "dot" | "dashdot" | "longdash";
  /** Its marker, as plotly names it. */
  readonly symbol: string;
}

const dashes = ["solid", "dash", "dot", "dashdot", "longdash"] as const;
const symbols = ["circle", "square", "diamond", "triangle-up", "cross"] as const;

/**
 * Chooses how a model is drawn.
 *
 * @param index The model's place in the list, from 0.
 * @returns The style. Colours and lines come again with different partners after five models, so that 25 differ.
 */
export function modelStyle(index: number): ModelStyle {
  const color = seriesColors[index % seriesColors.length]!;
  const round = Math.floor(index / seriesColors.length);
  const [red, green, blue] = [1, 3, 5].map((start) => parseInt(color.slice(start, start + 2), 16));
  return {
    color,
    band: `rgba(${red},${green},${blue},0.18)`,
    dash: dashes[(index + round) % dashes.length]!,
    symbol: symbols[(index + round) % symbols.length]!,
  };
}
