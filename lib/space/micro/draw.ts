import * as v from "valibot";

import { familyColors } from "../../graph/draw/families";
import {
  composeDrawing,
  plain,
  renderDiagram,
  type Diagram,
  type Drawing,
  type DrawingPart,
} from "../../graph/draw/picture";
import { checkOptions } from "../../runtime/options";
import { looseEndsOf, type Cell, type Edge, type MicroArchitecture } from "./architecture";
import { describeCell, describeMicro, nameOf } from "./describe";
import { microOperations } from "./operations";

const drawCellOptions = v.strictObject({
  /** What stands above it; default: "Cell". */
  title: v.optional(v.string(), "Cell"),
});

/**
 * How a cell is drawn.
 *
 * @interface
 */
export type DrawCellOptions = v.InferInput<typeof drawCellOptions>;

/**
 * Draws a cell of the micro space from above to below: its inputs, for each node the two operations and their sum, and what
 * goes into the output. Operations of one kind have one colour; an input that no operation takes is gray.
 *
 * @param options How to draw it.
 * @returns The drawing, for `showDrawing` or a file.
 */
export async function drawCell(cell: Cell, options: DrawCellOptions = {}): Promise<Drawing> {
  const { title } = checkOptions("drawCell", drawCellOptions, options);
  return composeDrawing([await renderCell(cell, title)], title, describeCell("The", cell).join("\n"));
}

/**
 * Draws a micro architecture: its two cells.
 *
 * @param architecture The architecture, a checked one.
 */
export async function drawMicro(architecture: MicroArchitecture): Promise<Drawing> {
  const { normal, reduction } = architecture;
  const cells = [await renderCell(normal, "Normal cell"), await renderCell(reduction, "Reduction cell")];
  return composeDrawing(cells, `Micro architecture with cells of ${normal.length} nodes`, describeMicro(architecture));
}

function renderCell(cell: Cell, title: string): Promise<DrawingPart> {
  const ends = looseEndsOf(cell);
  const unused = { color: "#AAAAAA", fontcolor: "#777777", style: "dashed,rounded" };
  const inputs = ["older", "newer"].map((age, place) => ({
    name: nameOf(place),
    attributes: {
      label: `${nameOf(place)} (${age})`,
      width: 1.5,
      height: 0.3,
      ...(ends.includes(place) ? unused : {}),
    },
  }));
  const diagram: Diagram = {
    graphAttributes: {
      label: plain(title),
      labelloc: "t",
      fontsize: 13,
      nodesep: 0.1,
      ranksep: 0.26,
      ordering: "in",
    },
    nodes: [
      ...inputs,
      {
        name: "output",
        attributes: { label: ends.length > 1 ? "output (1×1 convolutions)" : "output", width: 2.4, height: 0.3 },
      },
    ],
    subgraphs: [{ name: "inputs", graphAttributes: { rank: "min" }, nodes: inputs.map(({ name }) => ({ name })) }],
    edges: [
      // Not drawn; it keeps the older input on the left.
      { tail: nameOf(0), head: nameOf(1), attributes: { style: "invis" } },
      ...ends.map((end) => ({
        tail: nameOf(end),
        head: "output",
        ...(end < 2 ? { attributes: { color: "#AAAAAA", style: "dashed" } } : {}),
      })),
    ],
  };
  cell.forEach((node, index) => {
    const sum = nameOf(index + 2);
    diagram.nodes.push({ name: sum, attributes: { label: `+ ${sum}`, width: 0.85, height: 0.28 } });
    for (const side of ["x", "y"] as const) {
      const { input, operation }: Edge = node[side];
      const name = `${sum} ${side}`;
      diagram.nodes.push({
        name,
        attributes: {
          label: operation.replace(/ (?=\d)/, "\n"),
          fillcolor: familyColors[microOperations[operation].family],
          style: "filled",
          width: 1.08,
          height: 0.42,
          margin: 0.05,
        },
      });
      diagram.edges.push({ tail: nameOf(input), head: name }, { tail: name, head: sum });
    }
  });
  return renderDiagram(diagram);
}
