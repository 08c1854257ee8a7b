import { deepEqual, equal, throws } from "node:assert/strict";

import { nodeOf } from "../../../lib/graph/graph";
import { startHandCrafted } from "../../../lib/graph/hand-crafted/network";
import { addSkip, addUnit, finishWithLogits, finishWithMean } from "../../../lib/graph/hand-crafted/units";
import { layers } from "../../../lib/graph/layer";
import { square } from "./count";

const start = () => startHandCrafted("a network", square(33, 3), 28, { classes: 4 });

describe("addUnit(builder, place, number, input, unit)", () => {
  it("adds a convolution without bias, a normalisation and a ReLU", () => {
    const { builder } = start();
    const x = addUnit(builder, "stem", "1", builder.input, { size: 3, filters: 8, stride: 2 });
    equal(x.name, "stem/relu1");
    deepEqual(x.shape, [17, 17, 8]);
    const { nodes } = builder.finish(x);
    deepEqual(
      nodes.map(({ name }) => name),
      ["input", "stem/convolution1", "stem/norm1", "stem/relu1"],
    );
    deepEqual(nodes[1]!.layer, layers.convolution({ size: 3, filters: 8, stride: 2 }));
    deepEqual(nodes[2]!.layer, layers.batchNormalisation({ epsilon: 1e-5, momentum: 0.9 }));
    deepEqual(nodes[3]!.layer, layers.activation("relu"));
  });

  it("convolves each channel by itself, with another function and normalisation", () => {
    const { builder } = start();
    const normalisation = { epsilon: 0.5, momentum: 0.25 };
    const x = addUnit(builder, "a/b", "", builder.input, {
      size: 5,
      filters: "each",
      normalisation,
      activation: "swish",
    });
    equal(x.name, "a/b/swish");
    deepEqual(x.shape, [33, 33, 3]);
    const graph = builder.finish(x);
    deepEqual(nodeOf(graph, "a/b/convolution").layer, layers.depthwise({ size: 5 }));
    deepEqual(nodeOf(graph, "a/b/norm").layer, layers.batchNormalisation(normalisation));
  });

  it("leaves out what is null", () => {
    const { builder } = start();
    const unit = { size: 1, filters: 2, bias: true, normalisation: null, activation: null };
    const x = addUnit(builder, "a", "", builder.input, unit);
    equal(x.name, "a/convolution");
    equal(builder.finish(x).nodes.length, 2);
    deepEqual(nodeOf(builder.finish(x), x.name).layer, layers.convolution({ size: 1, filters: 2, bias: true }));
  });
});

describe("finishWithMean(start, input, rate)", () => {
  it("adds mean, dropout and logits", () => {
    const begun = start();
    const graph = finishWithMean(begun, begun.builder.input, 0.3);
    deepEqual(
      graph.nodes.slice(1).map(({ name, layer, shape }) => [name, layer, shape]),
      [
        ["head/pool", layers.globalAveragePool(), [3]],
        ["head/dropout", layers.dropout({ rate: 0.3 }), [3]],
        ["head/logits", layers.dense({ units: 4 }), [4]],
      ],
    );
    equal(graph.output, "head/logits");
  });
});

describe("finishWithLogits(start, input, rate)", () => {
  it("adds no dropout of 0", () => {
    const begun = start();
    const row = begun.builder.add("row", layers.flatten(), begun.builder.input);
    const graph = finishWithLogits(begun, row, 0);
    deepEqual(
      graph.nodes.map(({ name }) => name),
      ["input", "row", "head/logits"],
    );
  });

  it("refuses an image, which has to become a row before", () => {
    const begun = start();
    throws(() => finishWithLogits(begun, begun.builder.input, 0), /expected a row of numbers/);
  });
});

describe("addSkip(builder, place, input, result, rate)", () => {
  it("adds up, and drops the result, not the input, of whole images", () => {
    const { builder } = start();
    const result = builder.add("result", layers.activation("tanh"), builder.input);
    const graph = builder.finish(addSkip(builder, "block", builder.input, result, 0.1));
    deepEqual(nodeOf(graph, "block/drop").inputs, ["result"]);
    deepEqual(nodeOf(graph, "block/drop").layer, layers.dropout({ rate: 0.1, unit: "image" }));
    deepEqual(nodeOf(graph, "block/sum").inputs, ["input", "block/drop"]);
  });

  it("drops nothing by default", () => {
    const { builder } = start();
    const result = builder.add("result", layers.activation("tanh"), builder.input);
    const graph = builder.finish(addSkip(builder, "block", builder.input, result));
    deepEqual(nodeOf(graph, graph.output).inputs, ["input", "result"]);
  });
});
