import { deepEqual, equal, ok } from "node:assert/strict";

import { withoutAuxiliary, type Graph } from "../../lib/graph/graph";
import { buildCnn3 } from "../../lib/graph/hand-crafted/cnn3";
import { writeOnnx } from "../../lib/onnx/write-onnx";
import { buildUNet } from "../../lib/graph/u-net";
import { createRandom } from "../../lib/runtime/random";
import { buildNetwork } from "../../lib/space/build";
import { sampleArchitecture } from "../../lib/space/sample";
import { macroSpace, microSpace, shapeSpace } from "../helpers/spaces";
import { imagesOf, weightsOfGraph } from "../networks/helpers";
import { allNetworks, calm, everyLayer, expectedLogits, numbersOf, planesOf, surroundingsOf } from "./networks";
import { readOnnx } from "./read-onnx";
import recorded from "./recorded.json";
import recordedInBrowser from "./recorded-in-browser.json";
import { runOnnx } from "./run-onnx";

/** How far a file's logits and probabilities are from what TensorFlow.js computes. */
function differencesOf(graph: Graph): { logits: number; probabilities: number } {
  const [height, width, channels] = graph.nodes[0]!.shape as [number, number, number];
  const [weights, images] = [weightsOfGraph(graph), imagesOf({ height, width, channels }, 2)];
  calm(graph, weights, images);
  const model = readOnnx(writeOnnx(graph, numbersOf(weights), surroundingsOf(graph)));
  const image = { shape: [2, channels, height, width], values: planesOf(images) };
  const expected = expectedLogits(graph, weights, images);
  const values = runOnnx(model, image);
  const [probabilities, logits] = model.outputs.map(({ name }) => values.get(name)!);
  weights.dispose();
  images.dispose();
  const classes = expected.length / 2;
  const isImage = model.outputs[0]!.shape.length === 4;
  const likely = Array.from(expected, (logit, index) => {
    if (isImage) return 1 / (1 + Math.exp(-logit / 1.7));
    const own = expected.subarray(index - (index % classes), index - (index % classes) + classes);
    return 1 / own.reduce((sum, other) => sum + Math.exp((other - logit) / 1.7), 0);
  });
  const largest = (found: ArrayLike<number>, wanted: ArrayLike<number>) =>
    Math.max(...Array.from(wanted, (value, index) => Math.abs(found[index]! - value)));
  equal(logits!.values.length, expected.length);
  return { logits: largest(logits!.values, expected), probabilities: largest(probabilities!.values, likely) };
}

describe("writeOnnx(graph, weights, surroundings)", function () {
  this.timeout(60_000);

  it("writes every kind of layer at odd sizes as ONNX defines it, with normalisation, temperature and softmax", () => {
    for (const [height, width, channels] of [
      [13, 17, 2],
      [14, 12, 1],
      [11, 10, 3],
    ] as const) {
      const { logits, probabilities } = differencesOf(everyLayer({ height, width, channels }));
      ok(logits < 1e-5 && probabilities < 1e-5, `${height}×${width}×${channels}: ${logits}, ${probabilities}`);
    }
  });

  it("writes found networks of every space, and one whose weights follow a flattening", () => {
    const size = { height: 17, width: 19, channels: 2 };
    const found = [microSpace(2), macroSpace(3), shapeSpace()].map((space) =>
      buildNetwork(sampleArchitecture(space, createRandom(4)), size),
    );
    for (const graph of [...found, buildCnn3(size)].map(withoutAuxiliary)) {
      const { logits, probabilities } = differencesOf(graph);
      ok(logits < 1e-4 && probabilities < 1e-5, `${graph.name}: ${logits}, ${probabilities}`);
    }
  });

  it("writes a network that ends in an image, each of whose pixels has a probability of its own", () => {
    const graph = buildUNet({ height: 16, width: 8, channels: 2 }, { channels: 2, stages: 3 });
    const { logits, probabilities } = differencesOf(graph);
    ok(logits < 1e-5 && probabilities < 1e-5, `${logits}, ${probabilities}`);
    const weights = weightsOfGraph(graph);
    const { outputs } = readOnnx(writeOnnx(graph, numbersOf(weights), surroundingsOf(graph)));
    weights.dispose();
    deepEqual(
      outputs.map(({ shape }) => shape),
      Array(2).fill(["batch", 1, 16, 8]),
    );
  });

  it("says what goes in and comes out, of which version it is, and what belongs to it", () => {
    const graph = everyLayer({ height: 13, width: 17, channels: 2 });
    const weights = weightsOfGraph(graph);
    const surroundings = {
      ...surroundingsOf(graph),
      documentation: "Für Tests ≠",
      metadata: { sononas: '{"ä":1}', b: "" },
    };
    const model = readOnnx(writeOnnx(graph, numbersOf(weights), surroundings));
    weights.dispose();
    const { format, operatorSet, documentation, metadata, inputs, outputs } = model;
    deepEqual(
      { format, operatorSet, documentation, metadata, inputs, outputs },
      {
        format: 8,
        operatorSet: 17,
        documentation: "Für Tests ≠",
        metadata: { sononas: '{"ä":1}', b: "" },
        inputs: [{ name: "image", shape: ["batch", 2, 13, 17] }],
        outputs: [
          { name: "probabilities", shape: ["batch", 3] },
          { name: "logits", shape: ["batch", 3] },
        ],
      },
    );
    // What converters to PyTorch refuse.
    for (const { type, attributes } of model.nodes) {
      ok(!("auto_pad" in attributes), type);
      const [top, left, bottom, right] = (attributes.pads ?? []) as number[];
      ok(type !== "AveragePool" || (top === bottom && left === right), "a mean's window lies evenly");
    }
  });

  it("was run in onnxruntime, and passed onnx's checker, for every network that there is", () => {
    deepEqual(
      recorded.networks.map(({ name }) => name),
      allNetworks().map(({ name }) => name),
      "record.py was not run since there are other networks",
    );
    for (const { name, logits, probabilities } of recorded.networks)
      ok(logits < 1e-4 && probabilities < 1e-5, `${name}: ${logits}, ${probabilities}`);
  });

  it("was run in onnxruntime's build for browsers, in Node and in Chromium, for every network that there is", () => {
    deepEqual(
      recordedInBrowser.networks.map(({ name }) => name),
      allNetworks().map(({ name }) => name),
      "record-in-browser.ts was not run since there are other networks",
    );
    for (const { name, node, browser } of recordedInBrowser.networks)
      ok(node < 1e-4 && browser < 1e-4, `${name}: ${node} in Node, ${browser} in Chromium`);
  });
});
