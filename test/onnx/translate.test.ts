import { deepEqual, equal, ok } from "node:assert/strict";

import { startGraph } from "../../lib/graph/builder";
import { layers } from "../../lib/graph/layer";
import { namedWeightsOf } from "../../lib/graph/named-weights";
import { translate } from "../../lib/onnx/translate";
import { weightsOfGraph } from "../networks/helpers";
import { everyLayer, numbersOf } from "./networks";

const normalisation = { mean: [0.5, 0.5], deviation: [1, 1] };

describe("translate(graph, weights, normalisation)", () => {
  it("calls values as the nodes and weights as the weights, each name once, whatever a node is called", () => {
    const graph = everyLayer({ height: 13, width: 17, channels: 2 });
    const weights = weightsOfGraph(graph);
    const { operations, constants } = translate(graph, numbersOf(weights), normalisation);
    weights.dispose();
    const names = [...operations.map(({ output }) => output), ...constants.map(({ name }) => name)];
    equal(new Set(names).size, names.length);
    ok(["relu", "logits", "image.value", "probabilities.value"].every((name) => names.includes(name)));
    // Normalised rows of numbers are written as their scale and shift.
    const kept = namedWeightsOf(graph).filter(({ key }) => !key.startsWith("logits/"));
    for (const { key } of kept) ok(names.includes(key.replace(/\/(?=[^/]*$)/, ".")), key);
  });

  it("lays kernels out by outputs, inputs, rows and columns", () => {
    const builder = startGraph("Kernels", { height: 3, width: 3, channels: 2 });
    const both = builder.add("both", layers.convolution({ size: 2, filters: 3 }), builder.input);
    const each = builder.add("each", layers.depthwise({ size: 2 }), both);
    const graph = builder.finish(builder.add("end", layers.globalMaxPool(), each));
    const { constants } = translate(
      graph,
      (node) => Float32Array.from({ length: node === "both" ? 24 : 12 }, (_, index) => index),
      normalisation,
    );
    const [kernel, depthwise] = constants.slice(2);
    deepEqual(
      [kernel!.shape, depthwise!.shape],
      [
        [3, 2, 2, 2],
        [3, 1, 2, 2],
      ],
    );
    // At [row, column, input, output] lies ((row · 2 + column) · 2 + input) · 3 + output.
    deepEqual([...kernel!.values].map(Number).slice(0, 8), [0, 6, 12, 18, 3, 9, 15, 21]);
    deepEqual([...depthwise!.values].map(Number), [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11]);
  });
});
