import { deepEqual, throws } from "node:assert/strict";

import { startGraph } from "../../lib/graph/builder";
import { groupNodes } from "../../lib/graph/groups";
import { layers } from "../../lib/graph/layer";

function residualNetwork() {
  const builder = startGraph("residual", { height: 8, width: 8, channels: 1 });
  const stem = builder.add("stem/convolution", layers.convolution({ size: 3, filters: 4 }), builder.input);
  const one = builder.add("stage1/block1/convolution", layers.convolution({ size: 3, filters: 4 }), stem);
  const sum = builder.add("stage1/block1/add", layers.add(), one, stem);
  const two = builder.add("stage1/block2/convolution", layers.convolution({ size: 3, filters: 4, stride: 2 }), sum);
  const pool = builder.add("head/pool", layers.globalAveragePool(), two);
  return builder.finish(builder.add("head/dense", layers.dense({ units: 2 }), pool));
}

describe("groupNodes(graph, parts)", () => {
  const brief = (parts: number) =>
    groupNodes(residualNetwork(), parts).map(({ name, nodes, inputs, shape }) => [name, nodes.length, inputs, shape]);

  it("groups by the first part of the names", () => {
    deepEqual(brief(1), [
      ["input", 1, [], [8, 8, 1]],
      ["stem", 1, ["input"], [8, 8, 4]],
      ["stage1", 3, ["stem"], [4, 4, 4]],
      ["head", 2, ["stage1"], [2]],
    ]);
  });

  it("groups by two parts, and never by a layer's own part", () => {
    const two = brief(2);
    deepEqual(two, [
      ["input", 1, [], [8, 8, 1]],
      ["stem", 1, ["input"], [8, 8, 4]],
      ["stage1/block1", 2, ["stem"], [8, 8, 4]],
      ["stage1/block2", 1, ["stage1/block1"], [4, 4, 4]],
      ["head", 2, ["stage1/block2"], [2]],
    ]);
    deepEqual(brief(3), two);
  });

  it("gives the shape of what others take, though other layers come after it", () => {
    const builder = startGraph("early", { height: 8, width: 8, channels: 1 });
    const early = builder.add("a/first", layers.maxPool({ size: 2 }), builder.input);
    builder.add("a/second", layers.maxPool({ size: 2 }), early);
    const graph = builder.finish(builder.add("b/flatten", layers.flatten(), early));
    deepEqual(groupNodes(graph, 1)[1]!.shape, [4, 4, 1]);
  });

  it("refuses a number of parts that is none", () => {
    for (const parts of [0, 1.5, NaN])
      throws(
        () => groupNodes(residualNetwork(), parts),
        /residual are to be grouped by .* expected a whole number from 1/,
      );
  });
});
