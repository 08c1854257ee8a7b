import { deepEqual, equal, match, rejects } from "node:assert/strict";

import { startGraph } from "../../../lib/graph/builder";
import { renderLayers } from "../../../lib/graph/draw/layers";
import { groupNodes } from "../../../lib/graph/groups";
import { layers } from "../../../lib/graph/layer";
import { count, textsOf } from "../../helpers/svg";

const image = { height: 8, width: 8, channels: 4 };
const convolution = layers.convolution({ size: 3, filters: 4 });

function residual() {
  const builder = startGraph("residual", image);
  const one = builder.add("block/convolution", convolution, builder.input);
  const norm = builder.add("block/norm", layers.batchNormalisation(), one);
  const sum = builder.add("block/add", layers.add(), norm, builder.input);
  const relu = builder.add("block/relu", layers.activation("relu"), sum);
  const after = builder.add("next/norm", layers.batchNormalisation(), relu);
  const two = builder.add("next/depthwise", layers.depthwise({ size: 3 }), after);
  const three = builder.add("next/convolution", convolution, two);
  return builder.finish(builder.add("head/flatten", layers.flatten(), three));
}

describe("renderLayers(graph, groups)", () => {
  it("has a part for each group, with a box for each layer and what belongs to it", async () => {
    const graph = residual();
    const parts = await renderLayers(graph, groupNodes(graph, 1));
    deepEqual(
      parts.map(({ content }) => textsOf(content).join("|")),
      [
        "input|input|8×8×4",
        "block|input|convolution|3×3|norm|8×8×4|add|relu|8×8×4",
        "next|block|norm|depthwise|3×3|8×8×4|convolution|3×3|8×8×4",
        "head|next|flatten|256",
      ],
    );
  });

  it("draws an arrow for each connection, also from other groups, which are dashed", async () => {
    const graph = residual();
    const [, block] = await renderLayers(graph, groupNodes(graph, 1));
    // The input to the convolution and to the sum, the convolution to the sum.
    deepEqual([count(block!.content, "node"), count(block!.content, "edge")], [3, 3]);
    match(block!.content, /stroke-dasharray[\s\S]*fill="#777777">input</);
  });

  it("gives an activation that several layers take a box of its own, once", async () => {
    const builder = startGraph("fork", image);
    const relu = builder.add("a/relu", layers.activation("relu"), builder.input);
    const [one, two] = ["a/one", "a/two"].map((name) => builder.add(name, convolution, relu));
    const graph = builder.finish(builder.add("a/add", layers.add(), one!, two!));
    const part = (await renderLayers(graph, groupNodes(graph, 1)))[1]!;
    equal(textsOf(part.content).filter((text) => text === "relu").length, 1);
    deepEqual([count(part.content, "node"), count(part.content, "edge")], [5, 5]);
  });

  it("refuses more layers than can be read, and says what to do", async () => {
    const builder = startGraph("long", image);
    let value = builder.input;
    for (let layer = 0; layer < 1001; layer++) value = builder.add(`a/layer${layer}`, layers.shift(), value);
    const graph = builder.finish(value);
    await rejects(renderLayers(graph, groupNodes(graph, 1)), /long would have 1002 layers, .* detail: "blocks"/);
  });
});
