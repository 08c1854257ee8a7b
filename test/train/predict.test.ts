import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { computeNormalisation } from "../../lib/data/prepare/normalise";
import { namedWeightsOf } from "../../lib/graph/named-weights";
import { planNetwork } from "../../lib/networks/run/plan";
import { createWeights, type WeightBank } from "../../lib/networks/weights/weight-bank";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import type { TrainingImages } from "../../lib/train/learner";
import { differencesOf, predictLogits, probabilitiesOf, scoreLogits } from "../../lib/train/predict";
import { graphFor, tinyImages } from "./helpers";

describe("predictLogits(plan, weights, prepared, ids, normalisation, options)", () => {
  let images: TrainingImages;
  let weights: WeightBank;
  let plan: ReturnType<typeof planNetwork>;
  before(async () => {
    images = await tinyImages();
    const graph = graphFor(images);
    plan = planNetwork(graph);
    weights = createWeights(namedWeightsOf(graph), createRandom(1));
  });
  after(() => {
    weights.dispose();
  });
  const predict = (ids: readonly string[], options = {}, prepared = images.prepared) =>
    predictLogits(plan, weights.of, prepared, ids, computeNormalisation(images.prepared, images.train), options);

  it("gives each image's logits and class, in the order of the names, whatever the batches", () => {
    const ids = images.prepared.ids.slice(0, 7);
    const turned = [...ids].reverse();
    const all = predict(ids);
    deepEqual(all.ids, ids);
    equal(all.values.length, 14);
    const other = predict(turned, { batchSize: 3 });
    ids.forEach((id, image) => {
      const place = turned.indexOf(id);
      equal(other.labels[place], images.prepared.labels[images.prepared.ids.indexOf(id)]);
      equal(all.labels[image], other.labels[place]);
      for (const logit of [0, 1])
        ok(Math.abs(all.values[2 * image + logit]! - other.values[2 * place + logit]!) < 1e-5);
    });
  });

  it("averages over mirror images, left to right", () => {
    const ids = images.prepared.ids.slice(0, 3);
    const { size } = images.prepared;
    const row = size * images.prepared.channels.length;
    const mirrored = images.prepared.pixels.map((_, place) => {
      const column = place % row;
      return images.prepared.pixels[place - column + (row - 1 - column)]!;
    });
    equal(images.prepared.channels.length, 1);
    const [plain, mirror] = [predict(ids), predict(ids, {}, { ...images.prepared, pixels: mirrored })];
    const flipped = predict(ids, { flips: true });
    flipped.values.forEach((value, place) => {
      ok(Math.abs(value - (plain.values[place]! + mirror.values[place]!) / 2) < 1e-5);
    });
    ok(
      plain.values.some((value, place) => Math.abs(value - mirror.values[place]!) > 1e-4),
      "a flip changes something",
    );
  });

  it("leaves no tensors behind", () => {
    predict(images.validation, { flips: true });
    const before = tf.memory().numTensors;
    predict(images.validation, { flips: true, batchSize: 3 });
    equal(tf.memory().numTensors, before);
  });

  it("refuses images that are not there, and unknown options", () => {
    throws(() => predict(["nobody"]), /The image "nobody" is not among/);
    throws(() => predict(images.validation, { flip: true }), /no option "flip"/);
  });
});

describe("differencesOf, probabilitiesOf and scoreLogits", () => {
  const values = Float32Array.of(0, 0, 1, 3, 50, -50, -200, 200);

  it("turn logits into the logit and the probability of malignant, without overflow", () => {
    deepEqual(differencesOf(values), [0, 2, -100, 400]);
    const [even, two, low, high] = probabilitiesOf(values);
    equal(even, 0.5);
    ok(Math.abs(two! - Math.exp(3) / (Math.E + Math.exp(3))) < 1e-12, "the softmax");
    ok(low! > 0 && low! < 1e-40);
    equal(high, 1);
  });

  it("score cross entropy and accuracy as the softmax says, also where it is sure and wrong", () => {
    const { loss, accuracy } = scoreLogits({ values, labels: Int32Array.of(1, 1, 1, 0) });
    const expected = (Math.log(2) - Math.log(Math.exp(3) / (Math.E + Math.exp(3))) + 100 + 400) / 4;
    ok(Math.abs(loss - expected) < 1e-9, `${loss}, expected ${expected}`);
    // With equal logits the class is 0: one of four is right.
    equal(accuracy, 0.25);
    equal(scoreLogits({ values: Float32Array.of(0, 0), labels: Int32Array.of(0) }).accuracy, 1);
  });
});
