import { equal, ok } from "node:assert/strict";

import { kernelPasses } from "../../lib/compare/passes";
import { stockForward } from "../../lib/networks/model/stock-forward";
import { createWeights } from "../../lib/networks/weights/weight-bank";
import { namedWeightsOf } from "../../lib/graph/named-weights";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { buildNetwork } from "../../lib/space/build";
import { sampleArchitecture } from "../../lib/space/sample";
import { byStock, imagesOf } from "../networks/helpers";

const size = { height: 16, width: 16, channels: 1 };

describe("kernelPasses", () => {
  it("gives the logits that TensorFlow.js's own operations give, and leaves no tensors", () => {
    const graph = buildNetwork(sampleArchitecture({ kind: "shape" }, createRandom(1)), size, {});
    const images = imagesOf(size, 2);
    const weights = createWeights(namedWeightsOf(graph), createRandom(2));
    const expected = byStock(() => tf.tidy(() => stockForward(graph, weights.of, images).output.dataSync<"float32">()));
    weights.dispose();
    const logitsOf = () => {
      const pass = kernelPasses.prepare(graph, createRandom(2));
      const logits = pass.run(images);
      pass.dispose();
      return logits;
    };
    // What TensorFlow.js keeps once for all networks is there after the first time.
    logitsOf();
    const before = tf.memory().numTensors;
    const found = logitsOf();
    equal(tf.memory().numTensors, before);
    images.dispose();
    equal(found.length, 4);
    found.forEach((logit, place) => {
      ok(Math.abs(logit - expected[place]!) < 1e-4, `${logit}, ${expected[place]!}`);
    });
  });

  it("says on how many threads it computes", () => {
    ok(/^\d+ threads, /.test(kernelPasses.describe()), kernelPasses.describe());
  });
});
