import { deepEqual, equal, notDeepEqual, ok, rejects, throws } from "node:assert/strict";

import { prepare } from "../../lib/data/prepare/prepare";
import { makePhantomSet } from "../../lib/data/sets/phantom-set";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { hasTargets, lossOfTargets, makeTargets, type TargetImages } from "../../lib/train/auxiliary-targets";
import type { TrainingImages } from "../../lib/train/learner";
import { trainNetwork } from "../../lib/train/train-network";
import { graphFor, hashWeights, quickly, tinyFound, tinyImages } from "./helpers";

describe("makeTargets(weights, images, train, mixup)", () => {
  const images: TargetImages = {
    outlines: null,
    birads: new Map([
      ["a", "4"],
      ["b", "2"],
      ["c", "4"],
      ["z", "6"],
    ]),
    histology: new Map([
      ["a", "cyst"],
      ["b", "cyst"],
    ]),
  };
  const none = { outline: 0, birads: 0, histology: 0 };

  it("lists the categories of the training images alone, and leaves out images without one", () => {
    const { birads, histology } = makeTargets({ ...none, birads: 1 }, images, ["a", "b", "c", "d"], 0);
    equal(birads.count, 2);
    deepEqual(
      [...birads.of],
      [
        ["a", 1],
        ["b", 0],
        ["c", 1],
      ],
    );
    equal(histology.count, 0);
    equal(hasTargets(none), false);
    equal(hasTargets(undefined), false);
    equal(hasTargets({ ...none, outline: 0.1 }), true);
  });

  it("refuses what is not known, says nothing, or cannot be of mixtures", () => {
    const refused = (weights: object, given: TargetImages | undefined, mixup: number, message: RegExp) => {
      throws(() => makeTargets({ ...none, ...weights }, given, ["a", "b", "c"], mixup), message);
    };
    refused({ outline: 1 }, images, 0, /targets\.outline: 1, but nothing says where the lesions/);
    refused({ birads: 1 }, undefined, 0, /targets\.birads: 1, but the set does not record it/);
    refused({ histology: 2 }, images, 0, /all training images that have one have "cyst"/);
    refused({ birads: 1 }, images, 0.2, /mixup: 0\.2: of a mixture/);
  });
});

describe("lossOfTargets(logits, headed, targets, batch, ownWeight)", () => {
  const random = createRandom(4);
  const headed = { own: 2, outline: [2, 2] as const, birads: 3, histology: 2 };
  const targets = {
    weights: { outline: 0.7, birads: 0.3, histology: 0.2 },
    birads: { count: 3, of: new Map([["a", 2]]) },
    histology: {
      count: 2,
      of: new Map([
        ["a", 0],
        ["b", 1],
      ]),
    },
  };
  const masks = Float32Array.from({ length: 2 * 16 }, () => random.uniform());
  const batch = { ids: ["a", "b"], masks, classes: Float32Array.from([0, 1, 0.9, 0.1]) };
  const logits = Float32Array.from({ length: 2 * 11 }, () => random.normal(0, 2));
  const of = (values: Float32Array) => lossOfTargets(values, headed, targets, batch, 0.4);

  it("is what TensorFlow.js makes of the same logits and targets", () => {
    const { loss } = of(logits);
    const expected = tf.tidy(() => {
      const rows = tf.tensor2d(logits, [2, 11]);
      const part = (start: number, length: number) => tf.slice(rows, [0, start], [-1, length]);
      const softmax = (y: tf.Tensor, z: tf.Tensor) => tf.neg(tf.sum(tf.mul(y, tf.logSoftmax(z)), 1));
      const cells = tf.avgPool(tf.tensor4d(masks, [2, 4, 4, 1]), 2, 2, "valid").reshape([2, 4]);
      const own = tf.mul(tf.mean(softmax(tf.tensor2d(batch.classes, [2, 2]), part(0, 2))), 0.4);
      const outline = tf.mul(tf.losses.sigmoidCrossEntropy(cells, part(2, 4)), 0.7);
      // The image without a category does not count.
      const birads = tf.mul(
        tf.sum(
          softmax(
            tf.tensor2d([
              [0, 0, 1],
              [0, 0, 0],
            ]),
            part(6, 3),
          ),
        ),
        0.3 / 2,
      );
      const histology = tf.mul(
        tf.mean(
          softmax(
            tf.tensor2d([
              [1, 0],
              [0, 1],
            ]),
            part(9, 2),
          ),
        ),
        0.2,
      );
      return tf.addN([own, outline, birads, histology].map((one) => one.asScalar())).dataSync()[0]!;
    });
    ok(Math.abs(loss - expected) < 1e-5, `${loss} and ${expected}`);
  });

  it("has the gradient that differences of the loss have", () => {
    const { gradient } = of(logits);
    logits.forEach((_, place) => {
      const at = (step: number) => of(logits.map((value, other) => (other === place ? value + step : value))).loss;
      ok(Math.abs(gradient[place]! - (at(0.01) - at(-0.01)) / 0.02) < 1e-4, `logit ${place}`);
    });
  });

  it("stays finite for logits that are far out", () => {
    const { loss, gradient } = of(logits.map((value) => 1e4 * value));
    ok(Number.isFinite(loss) && gradient.every(Number.isFinite));
  });
});

describe("a training with targets", function () {
  this.timeout(60_000);
  let images: TrainingImages;
  before(async () => {
    const tiny = await tinyImages();
    const { records } = await makePhantomSet({ count: 24, size: 64, malignant: 0.5, difficulty: 0.1, seed: 5 }).list(
      "",
    );
    const outlines = await prepare(records, { size: 16, channels: ["gray", "mask"] });
    const category = (id: string) => (tiny.train.indexOf(id) % 2 === 0 ? "3" : "4");
    images = {
      ...tiny,
      targets: { outlines, birads: new Map(tiny.train.map((id) => [id, category(id)])), histology: new Map() },
    };
  });
  const train = (targets: object | undefined, other = {}) =>
    trainNetwork(graphFor(images, tinyFound), images, {
      ...quickly,
      augment: { shift: 2, flipHorizontal: 0.5 },
      ...(targets && { targets }),
      ...other,
    });

  it("changes what is learned, and nothing where no target has a weight", async () => {
    const plain = await train(undefined);
    const none = await train({ outline: 0 });
    const told = await train({ outline: 1, birads: 0.5 });
    equal(hashWeights(none.weights), hashWeights(plain.weights));
    notDeepEqual(
      told.weights.get(plain.weights.keys[0]!).dataSync(),
      plain.weights.get(plain.weights.keys[0]!).dataSync(),
    );
    // All that a network without heads has, and those of the heads.
    ok(plain.weights.keys.every((key) => told.weights.keys.includes(key)));
    deepEqual(told.normalisation, plain.normalisation);
    equal(told.graph, told.graph);
    for (const { weights } of [plain, none, told]) weights.dispose();
  });

  it("learns where lesions are: the loss falls with epochs", async () => {
    const { history, weights } = await train(
      { outline: 5 },
      { epochs: 30, schedule: { kind: "constant", rate: 0.05 } },
    );
    ok(
      history.at(-1)!.trainingLoss < history[0]!.trainingLoss - 0.3,
      `${history[0]!.trainingLoss} to ${history.at(-1)!.trainingLoss}`,
    );
    weights.dispose();
  });

  it("refuses targets of which the images say nothing", async () => {
    await rejects(train({ histology: 1 }), /targets\.histology: 1, but the set does not record it/);
  });
});
