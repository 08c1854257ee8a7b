import { deepEqual, equal, match, rejects } from "node:assert/strict";

import { type Cell, looseEndsOf } from "../../../lib/space/micro/architecture";
import { drawCell, drawMicro } from "../../../lib/space/micro/draw";
import { buildNetwork } from "../../../lib/space/build";
import { sampleArchitecture } from "../../../lib/space/sample";
import { costOf } from "../../../lib/graph/cost";
import { familyColors } from "../../../lib/graph/draw/families";
import { createRandom } from "../../../lib/runtime/random";
import { count, paint, textsOf, withoutLegend } from "../../helpers/svg";

const cell: Cell = [
  { x: { input: 1, operation: "separable 3×3" }, y: { input: 1, operation: "max pool 3×3" } },
  { x: { input: 2, operation: "identity" }, y: { input: 1, operation: "average pool 3×3" } },
];

function sampleCells(): Cell[] {
  const random = createRandom(5);
  return Array.from({ length: 12 }, (_, index) => {
    const architecture = sampleArchitecture({ kind: "micro", nodes: 1 + (index % 7) }, random);
    return architecture.kind === "micro" ? architecture.normal : [];
  });
}

describe("drawCell(cell, options)", () => {
  it("shows the inputs, each node, each operation and the output", async () => {
    const { svg } = await drawCell(cell, { title: "Normal" });
    deepEqual(
      textsOf(svg).sort(),
      [
        ["Normal", "input 0 (older)", "input 1 (newer)", "+ node 2", "+ node 3", "output (1×1 convolutions)"],
        ["separable", "3×3", "max pool", "3×3", "identity", "average pool", "3×3"],
      ]
        .flat()
        .sort(),
    );
  });

  it("draws two arrows for each operation and one for each loose end", async () => {
    for (const one of sampleCells()) {
      const { svg } = await drawCell(one);
      equal(count(svg, "node"), 2 + 3 * one.length + 1);
      equal(count(svg, "edge"), 4 * one.length + looseEndsOf(one).length);
    }
  });

  it("colours an operation as its family, and shows an input that nothing takes in gray", async () => {
    const svg = withoutLegend((await drawCell(cell)).svg);
    for (const family of ["separable convolution", "max pool", "average pool", "identity"] as const)
      equal(svg.toUpperCase().split(`FILL="${familyColors[family].toUpperCase()}"`).length - 1, 1, family);
    match(svg, /stroke-dasharray[\s\S]*fill="#777777">input 0 \(older\)/);
    equal(svg.includes('fill="#777777">input 1'), false);
  });

  it("says in words what it shows", async () => {
    const { title, description } = await drawCell(cell);
    equal(title, "Cell");
    match(description, /^The cell:\n {2}node 2 = separable 3×3 of input 1 \+ max pool 3×3 of input 1\n/);
    match(description, /output = input 0, node 3$/);
  });

  it("is the same each time, fits the page and is not cut off, whatever the cell", async () => {
    for (const one of sampleCells()) {
      const drawing = await drawCell(one);
      deepEqual(await drawCell(one), drawing);
      equal(drawing.width <= 900, true);
      deepEqual(await paint(drawing), { width: drawing.width, height: drawing.height, touched: false });
    }
  });

  it("takes any title for text", async () => {
    const title = '</text><script>"\\N &amp;';
    const { svg } = await drawCell(cell, { title });
    equal(svg.includes("<script"), false);
    equal(textsOf(svg).includes(title), true);
  });

  it("refuses an option that there is not", async () => {
    await rejects(drawCell(cell, { titel: "x" } as object), /Did you mean "title"/);
  });

  it("names an output of one node without joining", async () => {
    const { svg } = await drawCell([
      { x: { input: 0, operation: "identity" }, y: { input: 1, operation: "identity" } },
    ]);
    equal(textsOf(svg).includes("output"), true);
  });
});

describe("drawMicro(architecture, network)", () => {
  const sample = (nodes: number, seed: number) => {
    const architecture = sampleArchitecture({ kind: "micro", nodes }, createRandom(seed));
    if (architecture.kind !== "micro") throw new Error(architecture.kind);
    return { architecture, network: buildNetwork(architecture, { height: 32, width: 32, channels: 1 }) };
  };

  it("shows the whole network beside the cells, which stand below each other", async () => {
    for (const nodes of [1, 3, 5]) {
      const { architecture, network } = sample(nodes, nodes);
      const drawing = await drawMicro(architecture, network);
      equal(drawing.width <= 900, true);
      equal((await paint(drawing)).touched, false);
      const places = [...drawing.svg.matchAll(/<svg x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g)];
      const [, cells, normal, reduction, whole] = places.map((found) => {
        const [x, y, width, height] = found.slice(1).map(Number);
        return { x: x!, y: y!, width: width!, height: height! };
      });
      equal(reduction!.y, normal!.height + 24, `${nodes} nodes`);
      deepEqual([whole!.x, whole!.y], [cells!.width + 24, 0], `${nodes} nodes`);
    }
  });

  it("tells shapes and parameters of the cells' operations, and of each layer", async () => {
    const { architecture, network } = sample(2, 3);
    const texts = textsOf((await drawMicro(architecture, network)).svg);
    const { trainable } = costOf(network);
    const told = texts
      .flatMap((text) => /^([\d,]+) parameters$/.exec(text)?.[1]!.replaceAll(",", "") ?? [])
      .map(Number);
    // Those of the layers stand after those of the cells, and add up to all.
    const layers = told.slice(-(2 + 8));
    equal(
      layers.reduce((sum, one) => sum + one, 0),
      trainable,
    );
    for (const text of ["input", "stem", "layer0", "layer7", "head", "32×32×20", "16×16×40", "8×8×80"])
      equal(texts.includes(text), true, text);
  });
});
