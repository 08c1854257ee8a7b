import { deepEqual, equal } from "node:assert/strict";

import { renderColumn, type ColumnBox } from "../../../lib/graph/draw/column";
import { composeDrawing } from "../../../lib/graph/draw/picture";
import { count, paint, textsOf } from "../../helpers/svg";

const fields = [
  { width: 100, side: "left", bold: true },
  { width: 100, side: "right" },
] as const;

const box = (name: string, text: string, ...inputs: string[]): ColumnBox => ({
  name,
  texts: [name, text],
  family: "dense",
  inputs,
});

/** From where to where each arrow runs, and how far to the right, by the numbers in the file. */
function arrowsOf(svg: string): { down: boolean; reach: number; from: number; to: number }[] {
  return [...svg.matchAll(/class="edge">\s*<path [^>]*d="M([^"]*)"/g)].map(([, path]) => {
    const points = path!.split(/[C ]/).map((pair) => pair.split(",").map(Number) as [number, number]);
    const [columns, rows] = [points.map(([x]) => x), points.map(([, y]) => y)];
    const reach = Math.max(...columns) - columns[0]!;
    return { down: reach < 0.1, reach, from: rows[0]!, to: rows.at(-1)! };
  });
}

describe("renderColumn(boxes, fields)", () => {
  it("draws the boxes from above to below with an arrow to the next, and arcs that reach the further the more they skip", async () => {
    const boxes = [box("a", "1"), box("b", "2", "a"), box("c", "3", "b", "a"), box("d", "4", "c", "a"), box("e", "5")];
    const { content } = await renderColumn(boxes, fields);
    deepEqual(
      textsOf(content).filter((text) => text !== ""),
      ["a", "1", "b", "2", "c", "3", "d", "4", "e", "5"],
    );
    deepEqual([count(content, "node"), count(content, "edge")], [5, 5]);
    const arrows = arrowsOf(content);
    deepEqual(
      arrows.map(({ down }) => down),
      // From a to b, c and d; from b to c; from c to d.
      [true, false, false, true, true],
    );
    equal(arrows[2]!.reach > arrows[1]!.reach, true);
    for (const { from, to } of arrows) equal(from < to, true);
  });

  it("breaks texts that are too wide for their field, at spaces or within a long word, and loses nothing", async () => {
    const text = `one two three four five ${"x".repeat(40)} six`;
    const { content, width } = await renderColumn([box("a", text)], fields);
    const lines = textsOf(content).filter((line) => line !== "" && line !== "a");
    equal(lines.length > 3, true);
    equal(lines.join("").replaceAll(" ", ""), text.replaceAll(" ", ""));
    equal(width < 300, true);
  });

  it("stays as wide as the page where arcs skip very many boxes, and cuts nothing off", async () => {
    const names = Array.from({ length: 80 }, (_, place) => `box${place}`);
    const boxes = names.map((name, place) => box(name, "text", ...(place > 0 ? [names[0]!] : [])));
    const drawing = composeDrawing([await renderColumn(boxes, fields)], "", "");
    equal(drawing.width <= 900, true);
    equal((await paint(drawing)).touched, false);
    equal(Math.max(...arrowsOf(drawing.svg).map(({ reach }) => reach)) > 600, true);
  });

  it("takes any text for text", async () => {
    const text = '<B>"\\N';
    const { content } = await renderColumn([box(text, text)], fields);
    deepEqual(
      textsOf(content).filter((one) => one !== ""),
      [text, text],
    );
  });
});
