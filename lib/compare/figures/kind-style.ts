import { seriesColors } from "../../display/colors";
import type { ModelKind } from "../comparison-rows";

/** How models of a kind are drawn. */
export interface KindStyle {
  /** Their colour, as CSS; none of those of the classes. */
  readonly color: string;
  /** Their marker, as plotly names it: it tells kinds apart in black and white. */
  readonly symbol: string;
}

/** How each kind is drawn in every figure. */
export const kindStyles: Readonly<Record<ModelKind, KindStyle>> = {
  found: { color: seriesColors[0]!, symbol: "star" },
  control: { color: seriesColors[1]!, symbol: "diamond" },
  "hand-crafted": { color: seriesColors[4]!, symbol: "circle" },
  trivial: { color: "#777777", symbol: "x" },
};
