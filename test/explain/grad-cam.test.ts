import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { findFeatureNode } from "../../lib/explain/feature-node";
import { gradCam } from "../../lib/explain/grad-cam";
import { mapOf } from "../../lib/explain/heat-maps";
import { startGraph } from "../../lib/graph/builder";
import { buildNetwork } from "../../lib/space/build";
import { sampleArchitecture } from "../../lib/space/sample";
import type { Graph } from "../../lib/graph/graph";
import { handCraftedNetworks } from "../../lib/graph/hand-crafted/registry";
import { layers } from "../../lib/graph/layer";
import { stockForward } from "../../lib/networks/model/stock-forward";
import { resize } from "../../lib/pictures/resize";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { imagesOf, leavesNothing, near, weightsOfGraph } from "../networks/helpers";
import { microSpace } from "../helpers/spaces";

const size = { height: 16, width: 12, channels: 2 };

/** What a node of a network gives, and its logits. */
function look(graph: Graph, weights: ReturnType<typeof weightsOfGraph>, x: tf.Tensor4D, node: string) {
  return tf.tidy(() => {
    let features: Float32Array | undefined;
    const probe = (name: string, value: tf.Tensor) => {
      if (name === node) features = value.dataSync().slice() as Float32Array;
    };
    const logits = stockForward(graph, weights.of, x, { probe }).output.arraySync();
    return { features: features!, logits };
  });
}

/** The tail of a network that is not linear: from a feature map to logits. */
function tail(name: string, shape: { height: number; width: number; channels: number }, head: "whole" | "tail") {
  const builder = startGraph(name, head === "tail" ? shape : size);
  let x = builder.input;
  if (head === "whole") {
    x = builder.add("body", layers.convolution({ size: 3, filters: shape.channels, stride: 2 }), x);
    x = builder.add("norm", layers.batchNormalisation(), x);
    x = builder.add("features", layers.activation("swish"), x);
  }
  const conv = builder.add("after", layers.convolution({ size: 3, filters: 4, bias: true }), x);
  const other = builder.add("skip", layers.activation("gelu"), x);
  const both = builder.add("both", layers.concatenate(), conv, other);
  const row = builder.add("row", layers.flatten(), both);
  const thin = builder.add("thin", layers.dropout({ rate: 0.5 }), row);
  return builder.finish(builder.add("logits", layers.dense({ units: 3 }), thin));
}

describe("gradCam(graph, weights, images, options)", () => {
  it("is class activation mapping in a network that ends in a mean and a dense layer", () => {
    const architecture = sampleArchitecture(microSpace(2), createRandom(3));
    const graph = buildNetwork(architecture, size, { cells: 2, channels: 4 });
    const bank = weightsOfGraph(graph);
    const x = imagesOf(size, 3);
    const node = findFeatureNode(graph, null);
    const [rows, columns, channels] = node.shape as [number, number, number];
    const { features, logits } = look(graph, bank, x, node.name);
    const kernel = tf.tidy(() => bank.of(graph.output, "kernel").arraySync() as number[][]);
    for (const target of [0, 1]) {
      const found = gradCam(graph, bank.of, x, { target, rectified: false });
      deepEqual([found.node, found.resolution], [node.name, [rows, columns]]);
      for (let image = 0; image < 3; image++) {
        const map = Float32Array.from({ length: rows * columns }, (_, pixel) => {
          let sum = 0;
          for (let channel = 0; channel < channels; channel++)
            sum += kernel[channel]![target]! * features[(image * rows * columns + pixel) * channels + channel]!;
          return sum / (rows * columns);
        });
        const sum = map.reduce((total, value) => total + value, 0);
        ok(Math.abs(sum - logits[image]![target]!) < 1e-4, "the pixels' parts add up to the logit");
        ok(Math.abs(found.scores[image]! - logits[image]![target]!) < 1e-5);
        const raised = resize({ width: columns, height: rows, pixels: map }, size.width, size.height, {
          filter: "bilinear",
        });
        near(mapOf(found, image), raised.pixels, 1e-4, `class ${target}, image ${image}`);
      }
    }
    bank.dispose();
    x.dispose();
  });

  it("weights channels by the gradient that finite differences find", () => {
    const shape = { height: 8, width: 6, channels: 3 };
    const [graph, rest] = [tail("Whole", shape, "whole"), tail("Rest", shape, "tail")];
    const bank = weightsOfGraph(graph);
    const x = imagesOf(size, 1);
    const { features, logits } = look(graph, bank, x, "features");
    const target = 2;
    const scoreAt = (channel: number, step: number, score: string) =>
      tf.tidy(() => {
        const moved = features.map((value, place) => (place % 3 === channel ? value + step : value));
        const given = stockForward(rest, bank.of, tf.tensor4d(moved, [1, 8, 6, 3])).output.dataSync<"float32">();
        if (score === "logit") return given[target]!;
        const share = Math.exp(given[target]!) / given.reduce((sum, value) => sum + Math.exp(value), 0);
        return Math.log(share / (1 - share));
      });
    for (const score of ["logit", "log-odds"] as const) {
      const step = 1e-2;
      // Moving all pixels of a channel at once gives the sum of the gradient over them.
      const weights = [0, 1, 2].map(
        (channel) => (scoreAt(channel, step, score) - scoreAt(channel, -step, score)) / (2 * step) / 48,
      );
      const map = Float32Array.from({ length: 48 }, (_, pixel) =>
        weights.reduce((sum, weight, channel) => sum + weight * features[pixel * 3 + channel]!, 0),
      );
      const expected = (pixels: Float32Array) =>
        resize({ width: 6, height: 8, pixels }, size.width, size.height, { filter: "bilinear" }).pixels;
      const options = { node: "features", target, score };
      const whole = gradCam(graph, bank.of, x, { ...options, rectified: false });
      near(whole.values, expected(map), 2e-3, score);
      if (score === "logit") ok(Math.abs(whole.scores[0]! - logits[0]![target]!) < 1e-5);
      const cut = gradCam(graph, bank.of, x, options);
      near(cut.values, expected(map.map((value) => Math.max(0, value))), 2e-3, `${score}, rectified`);
      ok(map.some((value) => value < 0) && map.some((value) => value > 0), "the example has both signs");
    }
    bank.dispose();
    x.dispose();
  });

  it("explains the predicted class of each image, the same in batches of any size, and leaves no tensor", () => {
    const graph = tail("Whole", { height: 8, width: 6, channels: 3 }, "whole");
    const bank = weightsOfGraph(graph);
    const x = imagesOf(size, 5);
    const { logits } = look(graph, bank, x, "features");
    const best = logits.map((row) => row.indexOf(Math.max(...row)));
    const whole = gradCam(graph, bank.of, x);
    deepEqual(whole.targets, best);
    ok(new Set(best).size > 1, "the example has several classes");
    deepEqual([whole.images, whole.height, whole.width], [5, 16, 12]);
    const parts = gradCam(graph, bank.of, x, { batchSize: 2 });
    near(parts.values, whole.values, 1e-5, "batches of 2");
    for (const target of new Set(best)) {
      const own = gradCam(graph, bank.of, x, { target });
      for (const [image, other] of best.entries())
        if (other === target) near(mapOf(own, image), mapOf(whole, image), 1e-6, `image ${image}`);
    }
    leavesNothing(() => gradCam(graph, bank.of, x));
    bank.dispose();
    x.dispose();
  });

  it("works on hand-crafted networks with dense heads, gates and joined layers", () => {
    const square = { height: 32, width: 32, channels: 1 };
    // SqueezeNet ends in a ReLU: of a class whose logit is 0, there is nothing to map.
    const x = imagesOf(square, 4);
    for (const name of ["CNN3", "SqueezeNet", "MobileNet", "EfficientNet"]) {
      const network = handCraftedNetworks.find((candidate) => candidate.name.startsWith(name))!;
      const graph = network.build(square);
      const bank = weightsOfGraph(graph);
      const { values } = gradCam(graph, bank.of, x, { rectified: false });
      ok(
        values.some((value) => value !== 0),
        name,
      );
      bank.dispose();
    }
    x.dispose();
  });

  it("refuses images, classes and options that are none, and networks that give no numbers", () => {
    const graph = tail("Whole", { height: 8, width: 6, channels: 3 }, "whole");
    const bank = weightsOfGraph(graph);
    const [x, other] = [imagesOf(size, 1), imagesOf({ ...size, channels: 1 }, 1)];
    const refuse = (given: object, message: RegExp) => {
      throws(() => gradCam(graph, bank.of, x, given), { name: "Problem", message });
    };
    throws(() => gradCam(graph, bank.of, other), { name: "Problem", message: /expected \[batch, 16, 12, 2\]/ });
    refuse({ target: 3 }, /target: 3, expected "predicted" or a class from 0 to 2/);
    for (const target of [-1, 0.5]) refuse({ target }, /expected a whole number from 0 or "predicted"/);
    refuse({ score: "probability" }, /"log-odds"/);
    refuse({ batchSize: 0 }, /batchSize: 0/);
    refuse({ layer: "features" }, /no option "layer"/);
    bank.of("logits", "bias").assign(tf.tensor1d([NaN, NaN, NaN]));
    const before = tf.memory().numTensors;
    refuse({ target: 1 }, /not a finite number/);
    equal(tf.memory().numTensors, before);
    bank.dispose();
    tf.dispose([x, other]);
  });
});
