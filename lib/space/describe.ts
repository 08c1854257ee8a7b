import { looseEndsOf, type Architecture, type Cell, type MacroLayer } from "./architecture";

/**
 * Describes an architecture in words, one line for each node or layer.
 *
 * @param architecture The architecture.
 * @returns The lines.
 */
export function describeArchitecture(architecture: Architecture): string {
  if (architecture.space === "macro") return architecture.layers.map(describeLayer).join("\n");
  return [...describeCell("Normal", architecture.normal), ...describeCell("Reduction", architecture.reduction)].join(
    "\n",
  );
}

/**
 * Describes a cell in words.
 *
 * @param name Which cell it is: "Normal".
 * @param cell The cell.
 * @returns The lines: a heading, one for each node, one for the output.
 */
export function describeCell(name: string, cell: Cell): string[] {
  const nodes = cell.map(
    ({ x, y }, index) =>
      `  node ${index + 2} = ${x.operation} of ${nameOf(x.input)} + ${y.operation} of ${nameOf(y.input)}`,
  );
  return [`${name} cell:`, ...nodes, `  output = ${looseEndsOf(cell).map(nameOf).join(", ")}`];
}

/**
 * Names a place in a cell.
 *
 * @param place The place, as edges name it: 0 and 1 for the cell's inputs, then its nodes.
 * @returns "input 0", "node 2".
 */
export function nameOf(place: number): string {
  return place < 2 ? `input ${place}` : `node ${place}`;
}

function describeLayer({ operation, skips }: MacroLayer, layer: number): string {
  const added = skips.flatMap((skip, place) => (skip ? [place === 0 ? "the stem" : `layer ${place - 1}`] : []));
  const input = layer === 0 ? "the stem" : `layer ${layer - 1}`;
  return `layer ${layer} = ${operation} of ${input}${added.length > 0 ? ` + ${added.join(" + ")}` : ""}`;
}
