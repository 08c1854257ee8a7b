import { deepEqual, equal, match, throws } from "node:assert/strict";

import { startGraph } from "../../lib/graph/builder";
import { layers } from "../../lib/graph/layer";
import { formatShape, showSummary, summariseGraph } from "../../lib/graph/summary";
import { captureBundles } from "../helpers/capture";

function network(blocks = 2) {
  const builder = startGraph("Small <net>", { height: 16, width: 16, channels: 1 });
  let value = builder.input;
  for (let block = 1; block <= blocks; block++) {
    value = builder.add(`stage1/block${block}/convolution`, layers.convolution({ size: 3, filters: 4 }), value);
    value = builder.add(`stage1/block${block}/norm`, layers.batchNormalisation(), value);
  }
  const pool = builder.add("head/pool", layers.globalAveragePool(), value);
  const auxiliary = builder.add("auxiliary/flatten", layers.flatten(), value);
  return builder.finish(builder.add("head/dense", layers.dense({ units: 2 }), pool), auxiliary);
}

describe("summariseGraph(graph, options)", () => {
  it("has a row for each block, and one for all of them", () => {
    deepEqual(summariseGraph(network()), [
      row("input", "input", "16×16×1", 0, 0, ""),
      row("stage1/block1", "convolution 3×3", "16×16×4", 36 + 8, 36 * 256, "input"),
      row("stage1/block2", "convolution 3×3", "16×16×4", 144 + 8, 144 * 256, "stage1/block1"),
      row("head", "global average pool; dense", "2", 10, 8, "stage1/block2"),
      row("in all", "7 layers", "2", 206, 180 * 256 + 8, ""),
    ]);
  });

  it("has a row for each stage, or for each layer", () => {
    const names = (parts: number | null) => summariseGraph(network(), { parts }).map(({ layer }) => layer);
    deepEqual(names(1), ["input", "stage1", "head", "in all"]);
    equal(names(null).length, 8);
    deepEqual(
      summariseGraph(network(), { parts: null })[2],
      row("stage1/block1/norm", "batch normalisation", "16×16×4", 8, 0, "stage1/block1/convolution"),
    );
  });

  it("shows the auxiliary head where it is asked to", () => {
    const names = summariseGraph(network(), { auxiliary: true }).map(({ layer }) => layer);
    equal(names.includes("auxiliary"), true);
  });

  it("refuses a number of parts that is none, and an option that there is not", () => {
    throws(() => summariseGraph(network(), { parts: 0 }), /parts: 0, expected a whole number from 1, or null/);
    throws(() => summariseGraph(network(), { part: 1 } as object), /Did you mean "parts"/);
  });
});

function row(layer: string, kind: string, shape: string, parameters: number, multiplyAdds: number, inputs: string) {
  return { layer, kind, "output shape": shape, parameters, "multiply-adds": multiplyAdds, inputs };
}

describe("formatShape(shape)", () => {
  it("writes images and rows of numbers", () => {
    deepEqual([formatShape([32, 16, 64]), formatShape([10])], ["32×16×64", "10"]);
  });
});

describe("showSummary(graph, options)", () => {
  const shown = captureBundles();

  it("shows all rows, however many, under the network's name", () => {
    showSummary(network(60));
    const html = shown.last()["text/html"] as string;
    equal(html.match(/<tr>/g)!.length, 1 + 63);
    match(html, /Small &lt;net&gt;<\/caption>/);
    match(shown.last()["text/plain"], /in all .*\n?$/);
  });
});
