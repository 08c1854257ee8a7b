import { familyColors, type Family } from "./families";
import { pageWidth, plainInHtml, renderDiagram, type Attributes, type Diagram, type DrawingPart } from "./picture";

/** A box of a column. */
export interface ColumnBox {
  /** Its name, unique in the column. */
  readonly name: string;
  /** What stands in it: a text for each of its fields, from left to right. */
  readonly texts: readonly string[];
  /** What gives it its colour. */
  readonly family: Family;
  /** The names of the boxes that it takes something from; all stand above it. */
  readonly inputs: readonly string[];
}

/** A field of all boxes of a column. */
export interface ColumnField {
  /** How wide it is, in CSS pixels. */
  readonly width: number;
  /** At which side its text stands. */
  readonly side: "left" | "right";
  /** Whether its text is bold. */
  readonly bold?: boolean;
}

/** All lengths in CSS pixels. */
const [lineHeight, padding, gap, swatch] = [14, 5, 15, 14];

/** Kept free at the right: the page's font may be wider than the one that Graphviz reckons with. */
const slack = 16;

/**
 * Draws boxes below each other. An arrow goes from a box to the next where that takes something from it; whatever goes
 * further runs as an arc on the right, the further the wider. So it shows even the longest network at a size that can be
 * read, and the connections that skip layers.
 *
 * @param boxes The boxes, from above to below.
 * @param fields The fields of the boxes.
 * @returns The part of a picture; not wider than a page where the fields are not.
 */
export async function renderColumn(boxes: readonly ColumnBox[], fields: readonly ColumnField[]): Promise<DrawingPart> {
  const places = new Map(boxes.map(({ name }, place) => [name, place]));
  const width = fields.reduce((sum, field) => sum + field.width, swatch + 2 * padding + slack);
  const rows = boxes.map(({ texts }) => texts.map((text, field) => wrap(text, fields[field]!.width)));
  const heights = rows.map((row) => Math.max(...row.map((lines) => lines.length)) * lineHeight + 2 * padding);
  const tops = heights.map((_, place) => -heights.slice(0, place).reduce((sum, height) => sum + height + gap, 0));
  const middle = (place: number) => tops[place]! - heights[place]! / 2;
  const arrows = boxes.flatMap(({ inputs }, place) => inputs.map((input) => ({ from: places.get(input)!, to: place })));
  const longest = Math.max(2, ...arrows.map(({ from, to }) => to - from));
  const step = Math.min(26, (pageWidth - width - 30) / (longest - 1));

  const diagram: Diagram = {
    graphAttributes: { pad: 0.06 },
    nodes: boxes.map(({ name, family }, place) => ({
      name,
      attributes: {
        label: { html: htmlOf(rows[place]!, fields, familyColors[family]) },
        pos: point(width / 2, middle(place)),
        width: width / 72,
        height: heights[place]! / 72,
        fixedsize: true,
        margin: 0,
        style: "filled",
      },
    })),
    edges: arrows.map(({ from, to }) => ({
      tail: boxes[from]!.name,
      head: boxes[to]!.name,
      attributes:
        to === from + 1
          ? straight(width / 2, tops[from]! - heights[from]!, tops[to]!)
          : arc(width, middle(from) - 4, middle(to) + 4, (to - from - 1) * step, from),
    })),
  };
  const part = await renderDiagram(diagram, "nop2");
  // Graphviz makes room for the inner points of the arcs too, which they do not reach.
  const reach = Math.max(0, ...arrows.map(({ from, to }) => (to - from - 1) * step));
  return { ...part, width: Math.min(part.width, Math.ceil(width + reach + 16)) };
}

function straight(x: number, start: number, end: number): Attributes {
  const line = [start, (2 * start + end) / 3, (start + 2 * end) / 3, end + 6].map((y) => point(x, y));
  return { pos: spline(x, end, line) };
}

function arc(x: number, start: number, end: number, reach: number, color: number): Attributes {
  // A cubic curve goes three quarters of the way to its inner points.
  const far = x + 6 + (reach * 4) / 3;
  const curve = [point(x, start), point(far, start), point(far, end), point(x + 6, end)];
  return { pos: spline(x, end, curve), color: arcColors[color % arcColors.length]! };
}

/** Arcs that leave neighbours have different colours, so that they can be followed. */
const arcColors = ["#444444", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];

const point = (x: number, y: number) => `${x.toFixed(2)},${y.toFixed(2)}`;
const spline = (x: number, y: number, points: readonly string[]) => `e,${point(x, y)} ${points.join(" ")}`;

function htmlOf(row: readonly string[][], fields: readonly ColumnField[], color: string): string {
  const cells = row.map((lines, index) => {
    const { width, side, bold = false } = fields[index]!;
    const text = lines.map(plainInHtml).join(`<BR ALIGN="${side}"/>`);
    // Both in an element: Graphviz sets bare text two pixels lower.
    const weighted = text === "" ? "" : bold ? `<B>${text}</B>` : `<FONT POINT-SIZE="11">${text}</FONT>`;
    const end = lines.length > 1 ? `<BR ALIGN="${side}"/>` : "";
    return `<TD WIDTH="${width}" ALIGN="${side}" BALIGN="${side}">${weighted}${end}</TD>`;
  });
  const free = `<TD WIDTH="${slack}"></TD>`;
  const mark = `<TD WIDTH="${swatch}" BGCOLOR="${color}"> </TD>`;
  return `<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="3"><TR>${mark}${cells.join("")}${free}</TR></TABLE>`;
}

// Breaks a text where it becomes too wide, at spaces where there are any; letters are taken to be 6.2 pixels wide.
function wrap(text: string, width: number): string[] {
  const most = Math.max(1, Math.floor((width - 8) / 6.2));
  const lines = [""];
  for (const word of text.split(" ").flatMap((whole) => whole.match(new RegExp(`.{1,${most}}`, "gsu")) ?? [""])) {
    const line = lines.at(-1)!;
    if (line === "") lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= most) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
