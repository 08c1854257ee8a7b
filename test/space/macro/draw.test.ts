import { deepEqual, equal, rejects } from "node:assert/strict";

import { costOf } from "../../../lib/graph/cost";
import { buildNetwork } from "../../../lib/space/build";
import { describeArchitecture, drawArchitecture } from "../../../lib/space/architecture";
import { sampleArchitecture } from "../../../lib/space/sample";
import { createRandom } from "../../../lib/runtime/random";
import { count, paint, textsOf } from "../../helpers/svg";
import { macroSpace, microSpace, readMacro, readMicro, shapeSpace } from "../../helpers/spaces";

describe("drawArchitecture(architecture)", () => {
  it("shows both cells of the micro space, with the words of describeArchitecture", async () => {
    const architecture = readMicro("0 2 1 0 2 4 1 3  1 0 1 1 1 4 0 4");
    const { svg, title, description } = await drawArchitecture(architecture);
    const texts = textsOf(svg);
    for (const text of ["Normal cell", "Reduction cell"]) equal(texts.includes(text), true, text);
    equal(count(svg, "node"), 2 * (2 + 3 * 2 + 1));
    equal(title, "Micro architecture with cells of 2 nodes");
    equal(description, describeArchitecture(architecture));
  });

  it("shows the layers of the macro space, and an arc for each skip connection", async () => {
    const architecture = readMacro("0  3 1  5 0 1  2 1 1 0");
    const { svg, title, description } = await drawArchitecture(architecture);
    deepEqual(
      textsOf(svg).filter((text) => text !== ""),
      [
        ...["stem", "layer 0", "convolution 3×3", "layer 1", "separable 5×5"],
        ...["layer 2", "max pool 3×3", "layer 3", "convolution 5×5"],
      ],
    );
    // Four direct inputs, and four bits that are 1.
    equal(count(svg, "edge"), 4 + 4);
    equal(title, "Macro architecture of 4 layers");
    equal(description, describeArchitecture(architecture));
  });

  it("shows the whole network with shapes and parameters where it is given, which add up to all of it", async () => {
    const random = createRandom(8);
    const size = { height: 32, width: 32, channels: 1 };
    const cases = [
      [sampleArchitecture(microSpace(4), random), { cells: 2 }],
      [sampleArchitecture(macroSpace(6), random), {}],
      [sampleArchitecture(macroSpace(12), random), {}],
      [sampleArchitecture(shapeSpace(), random), {}],
    ] as const;
    for (const [architecture, settings] of cases) {
      const network = buildNetwork(architecture, size, settings);
      const drawing = await drawArchitecture(architecture, network);
      const texts = textsOf(drawing.svg);
      for (const text of ["stem", "head", "32×32×1"])
        equal(texts.includes(text) || (architecture.kind === "shape" && text === "32×32×1"), true, text);
      // Of cells, those of the column alone: in cells, parts of its rows stand again.
      const rows = architecture.kind === "micro" ? texts.slice(texts.lastIndexOf("input")) : texts;
      const parameters = rows.flatMap((text) => /^([\d,]+) parameters$/.exec(text)?.[1]?.replaceAll(",", "") ?? []);
      equal(
        parameters.reduce((sum, one) => sum + Number(one), 0),
        costOf(network).trainable,
      );
      deepEqual(await paint(drawing), { width: drawing.width, height: drawing.height, touched: false });
      equal(drawing.width <= 900, true);
    }
  });

  it("is the same each time, fits the page and is not cut off, in both spaces and whatever the size", async () => {
    const random = createRandom(2);
    const spaces = [
      ...[1, 5, 8].map((nodes) => microSpace(nodes)),
      ...[1, 2, 12, 24].map((layers) => macroSpace(layers)),
    ];
    for (const space of spaces) {
      const architecture = sampleArchitecture(space, random);
      const drawing = await drawArchitecture(architecture);
      deepEqual(await drawArchitecture(architecture), drawing);
      equal(drawing.width <= 900, true);
      deepEqual(await paint(drawing), { width: drawing.width, height: drawing.height, touched: false });
    }
  });

  it("refuses what is no architecture", async () => {
    await rejects(drawArchitecture({ kind: "macro", layers: [] }), /has no layers/);
  });
});
