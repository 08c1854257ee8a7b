import { deepEqual, equal, ok } from "node:assert/strict";

import { nodeOf } from "../../../lib/graph/graph";
import { buildConvNeXt } from "../../../lib/graph/hand-crafted/convnext";
import { layers } from "../../../lib/graph/layer";
import { nodesOfKind, square } from "./count";

describe("buildConvNeXt(size, options)", () => {
  it("has stages of 3, 3, 9 and 3 blocks, of 96 to 768 channels, at 56 to 7 pixels of 224", () => {
    const graph = buildConvNeXt(square(224, 3));
    deepEqual(
      ["stage1/block3", "stage2/block3", "stage3/block9", "stage4/block3"].map(
        (block) => nodeOf(graph, `${block}/sum`).shape,
      ),
      [96, 192, 384, 768].map((channels, stage) => [56 / 2 ** stage, 56 / 2 ** stage, channels]),
    );
    equal(nodesOfKind(graph, "add").length, 18);
  });

  it("filters, normalises, widens to four times, and scales by 10⁻⁶ at the start", () => {
    const graph = buildConvNeXt(square(64));
    const block = graph.nodes.filter(({ name }) => name.startsWith("stage2/block2/"));
    deepEqual(
      block.map(({ name, layer }) => [name.replace("stage2/block2/", ""), layer.kind]),
      [
        ["depthwise", "depthwise convolution"],
        ["norm", "layer normalisation"],
        ["convolution1", "convolution"],
        ["gelu", "activation"],
        ["convolution2", "convolution"],
        ["scale", "depthwise convolution"],
        ["drop", "dropout"],
        ["sum", "add"],
      ],
    );
    equal(nodeOf(graph, "stage2/block2/gelu").shape[2], 4 * 192);
    deepEqual(nodeOf(graph, "stage2/block2/scale").layer, layers.depthwise({ size: 1, constant: 1e-6 }));
    deepEqual(nodeOf(graph, "stage2/block2/sum").inputs, ["stage2/block1/sum", "stage2/block2/drop"]);
  });

  it("drops blocks by 0.1 · place / 17, the first never", () => {
    const rates = nodesOfKind(buildConvNeXt(square(64)), "dropout").map(({ layer }) => layer.rate);
    equal(rates.length, 17);
    rates.forEach((rate, index) => {
      ok(Math.abs(rate - (0.1 * (index + 1)) / 17) < 1e-12);
    });
  });

  it("has patches 4, 2 or 1 pixels apart, and no batch normalisation", () => {
    const stride = (side: number) => nodesOfKind(buildConvNeXt(square(side)), "convolution")[0]!.layer.stride;
    deepEqual([stride(97), stride(96), stride(49), stride(48)], [4, 2, 2, 1]);
    equal(nodesOfKind(buildConvNeXt(square(64)), "batch normalisation").length, 0);
  });
});
