import { deepEqual, equal } from "node:assert/strict";

import { nodeOf } from "../../../lib/graph/graph";
import { buildSqueezeNet } from "../../../lib/graph/hand-crafted/squeezenet";
import { nodesOfKind, parametersOf, square } from "./count";

describe("buildSqueezeNet(size, options)", () => {
  it("has eight fire modules, which widen to eight times what they squeeze to", () => {
    const graph = buildSqueezeNet(square(224, 3));
    const fires = nodesOfKind(graph, "concatenate");
    deepEqual(
      fires.map(({ shape }) => shape[2]),
      [128, 128, 256, 256, 384, 384, 512, 512],
    );
    for (const { name, shape } of fires)
      equal(nodeOf(graph, name.replace("concatenate", "squeeze/relu")).shape[2], shape[2]! / 8);
  });

  it("has no dense layer: the logits are means of a map for each class", () => {
    const graph = buildSqueezeNet(square(64), { classes: 3 });
    equal(nodesOfKind(graph, "dense").length, 0);
    deepEqual(nodeOf(graph, "head/relu").shape, [4, 4, 3]);
    deepEqual(nodeOf(graph, graph.output).inputs, ["head/relu"]);
    const dropouts = nodesOfKind(graph, "dropout");
    deepEqual(
      dropouts.map(({ layer, inputs }) => [layer.rate, inputs]),
      [[0.5, ["stage3/fire4/concatenate"]]],
    );
  });

  it("has 513 parameters for each class", () => {
    const count = (classes: number) => parametersOf(buildSqueezeNet(square(64), { classes }));
    equal(count(7) - count(2), 5 * 513);
  });
});
