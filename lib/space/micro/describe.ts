import { looseEndsOf, type Cell, type MicroArchitecture } from "./architecture";

/**
 * Describes a micro architecture in words.
 *
 * @returns The lines, one for each node.
 */
export function describeMicro({ normal, reduction }: MicroArchitecture): string {
  return [...describeCell("Normal", normal), ...describeCell("Reduction", reduction)].join("\n");
}

/**
 * Describes a cell in words.
 *
 * @param name Which cell it is: "Normal".
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
