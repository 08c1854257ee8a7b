import { familyColors, type Family } from "./families";
import { chooseSides } from "./sides";
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
 * further runs as an arc on the right, the further the wider, and on the left where it would cross another. So it shows even the longest network at a size that can be
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
  const arrows = boxes.flatMap(({ inputs }, place) =>
    inputs.map((input, index) => {
      const from = places.get(input)!;
      // What takes the box before twice has an arc for the second time.
      return { from, to: place, isStraight: from === place - 1 && inputs.indexOf(input) === index };
    }),
  );
  const arcs = arrows.filter(({ isStraight }) => !isStraight);
  const sides = chooseSides(arcs);
  const longest = (side: "left" | "right") =>
    Math.max(0, ...arcs.filter((_, index) => sides[index] === side).map(({ from, to }) => to - from - 0.5));
  const step = Math.min(26, (pageWidth - width - 46) / Math.max(1, longest("left") + longest("right")));
  const reach = (side: "left" | "right") => longest(side) * step;

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
    edges: arrows.map((arrow) => {
      const { from, to, isStraight } = arrow;
      const side = isStraight ? "right" : sides[arcs.indexOf(arrow)]!;
      return {
        tail: boxes[from]!.name,
        head: boxes[to]!.name,
        attributes: isStraight
          ? straight(width / 2, tops[from]! - heights[from]!, tops[to]!)
          : arc(side === "right" ? width : 0, middle(from) - 4, middle(to) + 4, (to - from - 0.5) * step, side, from),
      };
    }),
  };
  const part = await renderDiagram(diagram, "nop2");
  // Graphviz makes room for the inner points of the arcs too, which they do not reach: a third of their way more.
  const [left, right] = [reach("left"), reach("right")];
  const cut = Math.max(0, Math.floor(left / 3 - 8));
  return {
    ...part,
    content: cut === 0 ? part.content : `<g transform="translate(${-cut} 0)">${part.content}</g>`,
    width: Math.min(part.width - cut, Math.ceil(width + right + 16 + (left === 0 ? 0 : left + 18))),
  };
}

function straight(x: number, start: number, end: number): Attributes {
  const line = [start, (2 * start + end) / 3, (start + 2 * end) / 3, end + 6].map((y) => point(x, y));
  return { pos: spline(x, end, line) };
}

function arc(x: number, start: number, end: number, reach: number, side: "left" | "right", color: number): Attributes {
  const sign = side === "right" ? 1 : -1;
  // A cubic curve goes three quarters of the way to its inner points.
  const far = x + sign * (6 + (reach * 4) / 3);
  const curve = [point(x, start), point(far, start), point(far, end), point(x + sign * 6, end)];
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

// Breaks a text at its ends of lines, and where it becomes too wide, at spaces where there are any; letters are taken to be 6.2
// pixels wide.
function wrap(text: string, width: number): string[] {
  if (text.includes("\n")) return text.split("\n").flatMap((line) => wrap(line, width));
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
