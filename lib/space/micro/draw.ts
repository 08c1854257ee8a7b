import * as v from "valibot";

import { renderColumn } from "../../graph/draw/column";
import { familyColors, type Family } from "../../graph/draw/families";
import { renderLegend } from "../../graph/draw/legend";
import { stageFields, stagesOf } from "../../graph/draw/network";
import { notesOf, type PartNote } from "../../graph/draw/notes";
import {
  centreLabels,
  composeDrawing,
  pageWidth,
  plain,
  plainInHtml,
  renderDiagram,
  standBelow,
  standBeside,
  type Diagram,
  type Drawing,
  type DrawingPart,
} from "../../graph/draw/picture";
import type { Graph } from "../../graph/graph";
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
  const drawn = await renderCell(cell, title, null);
  return composeDrawing([drawn], title, describeCell("The", cell).join("\n"), renderLegend(familiesOf([cell])));
}

/**
 * Draws a micro architecture: its two cells.
 *
 * @param architecture The architecture, a checked one.
 * @param network Its network, which is drawn beside them with shapes and parameters; those of a cell are of the first layer that is one. Null:
 *   without.
 */
export async function drawMicro(architecture: MicroArchitecture, network: Graph | null): Promise<Drawing> {
  const { normal, reduction } = architecture;
  const title = `Micro architecture with cells of ${normal.length} nodes`;
  const legend = renderLegend([
    ...familiesOf([normal, reduction]),
    ...(network === null ? [] : (["convolution", "dense"] as const)),
  ]);
  if (network === null) {
    const cells = [await renderCell(normal, "Normal cell", null), await renderCell(reduction, "Reduction cell", null)];
    return composeDrawing(cells, title, describeMicro(architecture), legend);
  }
  const noteOf = notesOf(network);
  const isReduction = (layer: string) => noteOf(`${layer}/reduce/`) !== null;
  const layers = [...new Set(network.nodes.flatMap(({ name }) => /^layer\d+(?=\/)/.exec(name) ?? []))];
  const parts: DrawingPart[] = [];
  for (const [cell, name, wanted] of [
    [normal, "Normal cell", false],
    [reduction, "Reduction cell", true],
  ] as const) {
    const layer = layers.find((one) => isReduction(one) === wanted);
    const heading = layer === undefined ? name : `${name}, as in ${layer}`;
    parts.push(
      await renderCell(
        cell,
        heading,
        layer === undefined ? null : (...of) => noteOf(...of.map((one) => `${layer}/${one}`)),
      ),
    );
  }
  const stages = stagesOf(network, (stage) => {
    if (!layers.includes(stage)) return null;
    return isReduction(stage) ? "halves, reduction cell" : "normal cell";
  });
  const whole = await renderColumn(stages, stageFields);
  const beside = standBeside([standBelow(parts), whole]);
  const fits = beside.width <= pageWidth / leastScale;
  return composeDrawing(fits ? [beside] : [...parts, whole], title, describeMicro(architecture), legend);
}

/** How small a drawing may be shown for cells and network to stand side by side; what is wider stands below each other. */
const leastScale = 0.75;

/** Tells of parts of a layer, by how the names of their layers begin: "node2/x/". */
type NoteOf = (...beginnings: readonly string[]) => PartNote | null;

const familiesOf = (cells: readonly Cell[]): Family[] =>
  cells.flat().flatMap(({ x, y }) => [x, y].map(({ operation }) => microOperations[operation].family));

// A label of lines, what belongs to the network small below them.
function labelOf(lines: readonly string[], note: PartNote | null): { html: string } {
  const small = note === null ? [] : [note.shape, note.parameters].filter((text) => text !== "");
  return {
    html: [
      ...lines.map((line) => plainInHtml(line)),
      ...small.map((line) => `<FONT POINT-SIZE="8.5">${plainInHtml(line)}</FONT>`),
    ].join("<BR/>"),
  };
}

async function renderCell(cell: Cell, title: string, noteOf: NoteOf | null): Promise<DrawingPart> {
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
        attributes: {
          label: labelOf([ends.length > 1 ? "output (1×1 convolutions)" : "output"], noteOf?.("output/") ?? null),
          width: 2.4,
          height: 0.3,
        },
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
          label: labelOf(operation.split(/ (?=\d)/), noteOf?.(`node${index + 2}/${side}/`) ?? null),
          fillcolor: familyColors[microOperations[operation].family],
          style: "filled",
          width: 1.08,
          height: 0.42,
          margin: "0.09,0.05",
        },
      });
      diagram.edges.push({ tail: nameOf(input), head: name }, { tail: name, head: sum });
    }
  });
  return centreLabels(await renderDiagram(diagram));
}
