import { deepEqual, doesNotThrow, equal, ok, throws } from "node:assert/strict";

import * as v from "valibot";

import { buildPlainCnn } from "../../lib/graph/hand-crafted/plain-cnn";
import { namedWeightsOf } from "../../lib/graph/named-weights";
import { planNetwork } from "../../lib/networks/run/plan";
import { createWeights } from "../../lib/networks/weights/weight-bank";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { learnFromBatch, requireDisjoint, type StepOptions } from "../../lib/train/learning-step";
import { createOptimiser, optimiserSchema } from "../../lib/train/optimiser";
import { targetsOf } from "../../lib/train/targets";

const classes = [0, 1, 1, 0];

/** A small network at its beginning, a batch, and how to learn from it. */
function beginning() {
  const graph = buildPlainCnn({ height: 16, width: 16, channels: 1 }, { dropout: 0 });
  const weights = createWeights(namedWeightsOf(graph), createRandom(1));
  const optimiser = createOptimiser(weights, v.parse(optimiserSchema, { kind: "momentum", bound: 0 }));
  const images = tf.randomNormal<tf.Rank.R4>([4, 16, 16, 1], 0, 1, "float32", 5);
  const options: StepOptions = {
    ...{ optimiser, rate: 0.05, dropout: createRandom(2), auxiliaryWeight: 0.4, onStatistics: null },
    ...{ name: "The plain CNN", place: { step: 12, stepsPerEpoch: 5 }, cause: "on image-1" },
  };
  const dispose = () => {
    tf.dispose(images);
    optimiser.dispose();
    weights.dispose();
  };
  const batch = { images, classes, targets: targetsOf(classes, 2, 0), weights: null };
  return { plan: planNetwork(graph), weights, batch, options, dispose };
}

describe("learnFromBatch(plan, weights, batch, options)", () => {
  it("learns a batch by heart, and leaves no tensor", () => {
    const { plan, weights, batch, options, dispose } = beginning();
    const first = learnFromBatch(plan, weights, batch, options);
    const tensors = tf.memory().numTensors;
    let last = first;
    for (let step = 0; step < 30; step++) last = learnFromBatch(plan, weights, batch, options);
    equal(tf.memory().numTensors, tensors);
    ok(last.loss < first.loss / 4, `${first.loss} fell to ${last.loss}`);
    deepEqual([last.right, last.images, last.rate], [4, 4, 0.05]);
    dispose();
  });

  it("counts images by their weights: those that weigh nothing change nothing", () => {
    const losses = [
      [1, 1, 1, 1],
      [2, 2, 0, 0],
    ].map((given) => {
      const { plan, weights, batch, options, dispose } = beginning();
      const { loss } = learnFromBatch(plan, weights, { ...batch, weights: Float32Array.from(given) }, options);
      dispose();
      return loss;
    });
    const { plan, weights, batch, options, dispose } = beginning();
    const { loss } = learnFromBatch(plan, weights, batch, options);
    dispose();
    ok(Math.abs(losses[0]! - loss) < 1e-6);
    ok(Math.abs(losses[1]! - loss) > 1e-4);
  });

  it("hands over the batch's statistics where somebody takes them", () => {
    const { plan, weights, batch, options, dispose } = beginning();
    let nodes: string[] = [];
    learnFromBatch(plan, weights, batch, {
      ...options,
      onStatistics: (statistics) => {
        nodes = [...statistics.keys()];
      },
    });
    equal(nodes.length, 6, "one normalisation for each of the six convolutions");
    dispose();
  });

  it("names whose loss became no number, where, and what may be at fault; the weights stay", () => {
    const { plan, weights, batch, options, dispose } = beginning();
    const images = tf.mul<tf.Tensor4D>(batch.images, NaN);
    const [key] = weights.keys;
    const before = weights.get(key!).dataSync().slice();
    throws(() => learnFromBatch(plan, weights, { ...batch, images }, options), {
      message: /The loss of The plain CNN became NaN in epoch 3, step 3, at a learning rate of 0\.0500, on image-1\./,
    });
    deepEqual(weights.get(key!).dataSync().slice(), before);
    images.dispose();
    dispose();
  });
});

describe("requireDisjoint(train, others, part, fix)", () => {
  it("names images that stand in both parts, and is silent where none does", () => {
    throws(
      () => {
        requireDisjoint(["a", "b", "c"], ["c", "b", "d"], "search-validation", "Split again.");
      },
      { message: "2 images stand among the training and the search-validation images: c, b. Split again." },
    );
    doesNotThrow(() => {
      requireDisjoint(["a"], ["b"], "validation", "Split again.");
    });
  });
});
