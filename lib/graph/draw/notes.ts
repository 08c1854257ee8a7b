import { formatCell } from "../../display/table";
import { costsOfLayers, sumCosts } from "../cost";
import { withoutAuxiliary, type Graph } from "../graph";
import { formatShape } from "../summary";

/** What stands beside a part of a network. */
export interface PartNote {
  /** The shape of what it gives: "32×32×24". */
  readonly shape: string;
  /** "1232 parameters"; empty where it has none. */
  readonly parameters: string;
}

/**
 * Tells the shapes and parameters of parts of a network.
 *
 * @param graph The network.
 * @returns A function that takes how the names of a part's layers begin, and gives its note: of the last layer's output, and of all
 *   parameters; null where the network has no such layer.
 */
export function notesOf(graph: Graph): (...beginnings: readonly string[]) => PartNote | null {
  const costs = costsOfLayers(withoutAuxiliary(graph));
  return (...beginnings) => {
    const own = costs.filter(({ node }) => beginnings.some((beginning) => node.name.startsWith(beginning)));
    if (own.length === 0) return null;
    const { trainable } = sumCosts(own);
    return {
      shape: formatShape(own.at(-1)!.node.shape),
      parameters: trainable === 0 ? "" : `${formatCell(trainable)} parameters`,
    };
  };
}
