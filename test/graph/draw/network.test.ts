import { deepEqual, equal, match, rejects } from "node:assert/strict";

import { startGraph } from "../../../lib/graph/builder";
import { drawNetwork } from "../../../lib/graph/draw/network";
import { familyColors } from "../../../lib/graph/draw/families";
import { buildNetwork } from "../../../lib/space/build";
import { sampleArchitecture } from "../../../lib/space/sample";
import type { Graph } from "../../../lib/graph/graph";
import { buildHandCrafted } from "../../../lib/graph/hand-crafted/registry";
import { layers } from "../../../lib/graph/layer";
import { createRandom } from "../../../lib/runtime/random";
import { count, paint, textsOf } from "../../helpers/svg";
import { macroSpace, microSpace } from "../../helpers/spaces";

function small(): Graph {
  const builder = startGraph("Small", { height: 8, width: 8, channels: 1 });
  const stem = builder.add("stem/convolution", layers.convolution({ size: 3, filters: 4 }), builder.input);
  const depthwise = builder.add("block/depthwise", layers.depthwise({ size: 3 }), stem);
  const mixed = builder.add("block/pointwise", layers.convolution({ size: 1, filters: 4 }), depthwise);
  const sum = builder.add("join/add", layers.add(), mixed, stem);
  const pool = builder.add("head/pool", layers.globalAveragePool(), sum);
  const auxiliary = builder.add("auxiliary/flatten", layers.flatten(), stem);
  return builder.finish(builder.add("head/dense", layers.dense({ units: 2 }), pool), auxiliary);
}

describe("drawNetwork(graph, options)", () => {
  it("shows each block with what is in it, its output and its parameters, and an arc for what skips blocks", async () => {
    const { svg, title, description } = await drawNetwork(small());
    deepEqual(
      textsOf(svg)
        .filter((text) => text !== "")
        .join("|"),
      [
        "input|8×8×1",
        "stem|convolution 3×3|8×8×4|36 parameters",
        "block|depthwise convolution 3×3; convolution 1×1|8×8×4|52 parameters",
        "join|add|8×8×4",
        "head|global average pool; dense|2|10 parameters",
      ].join("|"),
    );
    deepEqual([count(svg, "node"), count(svg, "edge")], [5, 5]);
    equal(title, "Small: 98 parameters, 5640 multiply-adds");
    match(description, /^join, add, 8×8×4, from block and stem$/m);
  });

  it("colours a block by the operations with most multiplications, depthwise with what follows it", async () => {
    const { svg } = await drawNetwork(small());
    const colors = ["other", "convolution", "separable convolution", "joining", "dense"] as const;
    const found = [...svg.matchAll(/class="node">[\s\S]*?<\/g>/g)].map(([node]) => node.toUpperCase());
    colors.forEach((family, place) => {
      equal(found[place]!.includes(familyColors[family].toUpperCase()), true, family);
    });
  });

  it("shows the auxiliary head where it is asked to", async () => {
    equal(textsOf((await drawNetwork(small())).svg).includes("auxiliary"), false);
    equal(textsOf((await drawNetwork(small(), { auxiliary: true })).svg).includes("auxiliary"), true);
  });

  it("chooses blocks so that neither five boxes nor hundreds stand for a network", async () => {
    const counts = await Promise.all(
      ["ResNet-18", "ResNet-50", "DenseNet-121"].map(async (name) => {
        const graph = buildHandCrafted(name, { height: 64, width: 64, channels: 1 });
        return count((await drawNetwork(graph)).svg, "node");
      }),
    );
    for (const boxes of counts) equal(boxes >= 10 && boxes <= 40, true, String(boxes));
  });

  it("is the same each time, fits the page and is not cut off, found or made by hand, blocks or layers", async () => {
    const random = createRandom(4);
    const size = { height: 32, width: 32, channels: 1 };
    const graphs = [
      buildNetwork(sampleArchitecture(microSpace(5), random), size, { cells: 2 }),
      buildNetwork(sampleArchitecture(macroSpace(6), random), size),
      buildHandCrafted("ResNet-18", size),
    ];
    for (const graph of graphs) {
      for (const detail of ["blocks", "layers"] as const) {
        const drawing = await drawNetwork(graph, { detail });
        deepEqual(await drawNetwork(graph, { detail }), drawing);
        equal(drawing.width <= 900, true);
        deepEqual(await paint(drawing), { width: drawing.width, height: drawing.height, touched: false });
      }
    }
  });

  it("takes any name for text, of a file for example", async () => {
    const name = '<img onerror="x">\\N &amp;';
    const graph = small();
    const renamed = JSON.parse(
      JSON.stringify({ ...graph, name }).replaceAll('"block/', `${JSON.stringify(name).slice(0, -1)}/`),
    ) as Graph;
    for (const detail of ["blocks", "layers"] as const) {
      const { svg, title } = await drawNetwork(renamed, { detail });
      equal(textsOf(svg).join(" ").includes("onerror"), true);
      equal(svg.includes("<img"), false);
      equal(title.startsWith(name), true);
    }
  });

  it("refuses options that are none", async () => {
    await rejects(
      drawNetwork(small(), { detail: "cells" as "blocks" }),
      /detail: "cells", expected "blocks" or "layers"/,
    );
    await rejects(drawNetwork(small(), { parts: 0 }), /parts: 0, expected a whole number from 1, or null/);
    await rejects(drawNetwork(small(), { details: "blocks" } as object), /Did you mean "detail"/);
  });
});
