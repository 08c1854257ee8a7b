import { deepEqual, equal, notDeepEqual } from "node:assert/strict";

import { computeNormalisation } from "../../lib/data/prepare/normalise";
import { planNetwork } from "../../lib/networks/run/plan";
import { createRandom } from "../../lib/runtime/random";
import { learnedGraph } from "../../lib/train/learned-network";
import { createOptimiser } from "../../lib/train/optimiser";
import { logitsBy, predictLogits } from "../../lib/train/predict";
import { weightArrays } from "../../lib/train/stored-weights";
import { graphFor, tinyImages } from "./helpers";
import { tf } from "../../lib/runtime/tensorflow";

describe("learnedGraph(graph, seed)", () => {
  it("starts with weights of its seed, and normalises by the training images", async () => {
    const images = await tinyImages();
    const [one, same, other] = [1, 1, 2].map((seed) => learnedGraph(graphFor(images), seed));
    deepEqual(weightArrays(one!.weights), weightArrays(same!.weights));
    notDeepEqual(weightArrays(one!.weights), weightArrays(other!.weights));
    deepEqual(one!.normalisationOf(images.prepared, images.train), computeNormalisation(images.prepared, images.train));
    for (const each of [one!, same!, other!]) each.weights.dispose();
  });

  it("gives the logits that its plan gives, and learns with its moving statistics", async () => {
    const images = await tinyImages();
    const graph = graphFor(images);
    const network = learnedGraph(graph, 1);
    const optimiser = createOptimiser(network.weights, {
      kind: "adam",
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      decay: 0,
      bound: 0,
    });
    const statistics = () => [...weightArrays(network.weights)].filter(([key]) => key.endsWith("moving_mean"));
    const before = statistics();
    const given = tf.randomNormal<tf.Rank.R4>([4, 16, 16, 1], 0, 1, "float32", 3);
    network.learn(
      { images: given, classes: [0, 1, 0, 1], targets: Float32Array.from([1, 0, 0, 1, 1, 0, 0, 1]), weights: null },
      {
        optimiser,
        rate: 0.01,
        auxiliaryWeight: 0,
        dropout: createRandom(1),
        place: { step: 0, stepsPerEpoch: 1 },
        cause: "",
      },
    );
    given.dispose();
    notDeepEqual(statistics(), before);
    const asked = {
      prepared: images.prepared,
      ids: images.validation,
      normalisation: null,
      batchSize: 64,
      flips: false,
    };
    const { values } = logitsBy((batch) => network.logits(batch), asked);
    deepEqual(
      values,
      predictLogits(planNetwork(graph), network.weights.of, images.prepared, images.validation, null).values,
    );
    equal(values.length, 16);
    optimiser.dispose();
    network.weights.dispose();
  });
});
