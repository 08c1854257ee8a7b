import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { computeNormalisation } from "../../lib/data/prepare/normalise";
import { Problem } from "../../lib/runtime/problem";
import { tf } from "../../lib/runtime/tensorflow";
import { learnedGraph } from "../../lib/train/learned-network";
import { Learner, type TrainingImages } from "../../lib/train/learner";
import { scoreLogits } from "../../lib/train/predict";
import type { NetworkSpecification } from "../../lib/train/specification";
import { weightArrays } from "../../lib/train/stored-weights";
import { checkTraining, type CheckedTraining, type TrainingOptions } from "../../lib/train/training-options";
import { graphFor, plainCnn, quickly, tinyFound, tinyImages } from "./helpers";

describe("Learner", () => {
  let images: TrainingImages;
  before(async () => {
    images = await tinyImages();
  });
  const learnerWith = (
    options: Partial<TrainingOptions> = {},
    network: NetworkSpecification = plainCnn,
    own: TrainingImages = images,
    start: ConstructorParameters<typeof Learner>[3] = null,
  ) => learnerOf(checkTraining({ ...quickly, ...options }, own.validation.length), network, own, start);
  const learnerOf = (
    checked: CheckedTraining,
    network: NetworkSpecification,
    own: TrainingImages,
    start: ConstructorParameters<typeof Learner>[3],
  ) => new Learner(learnedGraph(graphFor(images, network), checked.seed), own, checked, start);

  it("normalises by the training images alone, and makes whole batches of them", () => {
    const learner = learnerWith({ batchSize: 5 });
    deepEqual(learner.normalisation, computeNormalisation(images.prepared, images.train));
    equal(learner.stepsPerEpoch, Math.floor(images.train.length / 5));
    learner.dispose();
  });

  it("starts with the same weights for the same seed, and with others for another", () => {
    const [one, same, other] = [1, 1, 2].map((seed) => learnerWith({ seed }));
    deepEqual(one!.arrays(), same!.arrays());
    ok(
      [...one!.kept("")].some(([key, { values }]) =>
        values.some((value, at) => value !== other!.kept("").get(key)!.values[at]),
      ),
    );
    for (const learner of [one, same, other]) learner!.dispose();
  });

  it("makes the same step whatever was done before, given the same state", () => {
    const options: Partial<TrainingOptions> = {
      mixup: 0.4,
      weightAverage: 0.9,
      labelSmoothing: 0.1,
      augment: { shift: 2 },
    };
    const one = learnerWith(options, tinyFound);
    for (let step = 0; step < 5; step++) one.step(step);
    const state = one.arrays();
    const result = one.step(5);

    const other = learnerWith(options, tinyFound);
    for (let step = 0; step < 2; step++) other.step(10 + step);
    other.restore(state, 5);
    deepEqual(other.step(5), result);
    deepEqual(other.arrays(), one.arrays());
    one.dispose();
    other.dispose();
  });

  it("counts what was right of all images of the batch, and tells loss, norm and rate", () => {
    const learner = learnerWith();
    const { images: count, right, loss, norm, rate } = learner.step(0);
    equal(count, 4);
    ok(Number.isInteger(right) && right >= 0 && right <= 4);
    ok(loss > 0 && norm > 0);
    equal(rate, 0.01);
    learner.dispose();
  });

  it("takes class weights into the loss: balanced ones of equal classes change nothing", () => {
    const ids = (label: number) =>
      images.train.filter((id) => images.prepared.labels[images.prepared.ids.indexOf(id)] === label);
    const equalParts = Math.min(ids(0).length, ids(1).length);
    const even = { ...images, train: [...ids(0).slice(0, equalParts), ...ids(1).slice(0, equalParts)] };
    const odd = { ...images, train: [...ids(0).slice(0, equalParts), ...ids(1).slice(0, 2)] };
    const lossOf = (own: TrainingImages, classWeights: "none" | "balanced") => {
      const learner = learnerWith({ classWeights, batchSize: own.train.length }, plainCnn, own);
      const { loss } = learner.step(0);
      learner.dispose();
      return loss;
    };
    ok(Math.abs(lossOf(even, "balanced") - lossOf(even, "none")) < 1e-6);
    ok(Math.abs(lossOf(odd, "balanced") - lossOf(odd, "none")) > 1e-4);
  });

  it("predicts with the averages where they are kept, and puts the weights back", () => {
    const learner = learnerWith({ weightAverage: 0.9 });
    for (let step = 0; step < 4; step++) learner.step(step);
    const before = weightArrays(learner.weights);
    const averaged = learner.predict(images.validation);
    deepEqual(weightArrays(learner.weights), before);
    const plain = learnerWith({}, plainCnn, images, learner.kept(""));
    deepEqual(plain.predict(images.validation).values, averaged.values);
    plain.dispose();
    learner.dispose();
  });

  it("scores the validation images as their logits say, and nothing without any", () => {
    const learner = learnerWith();
    const { validationLoss, validationAccuracy, validationArea } = learner.validate();
    const { loss, accuracy } = scoreLogits(learner.predict(images.validation));
    deepEqual([validationLoss, validationAccuracy], [loss, accuracy]);
    ok(validationArea! >= 0 && validationArea! <= 1);
    learner.dispose();
    const none = learnerWith({}, plainCnn, { ...images, validation: [] });
    deepEqual(none.validate(), { validationLoss: null, validationAccuracy: null, validationArea: null });
    none.dispose();
    const [one] = images.validation;
    const single = learnerWith({}, plainCnn, { ...images, validation: [one!] });
    equal(single.validate().validationArea, null, "one class has no curve");
    single.dispose();
  });

  it("refuses a loss that is no number, and leaves the weights as they were", () => {
    const learner = learnerWith();
    // Logits of infinite size on both sides have no softmax.
    const start = learner.kept("");
    const [kernel] = [...start.keys()].filter((key) => start.get(key)!.shape.join() === "64,2");
    start.get(kernel!)!.values.fill(Infinity);
    const broken = learnerWith({}, plainCnn, images, start);
    const before = broken.arrays();
    throws(
      () => broken.step(5),
      (error: unknown) =>
        error instanceof Problem &&
        /The loss of plain CNN became NaN in epoch 2, step 2, at .*0\.0100/.test(error.message),
    );
    deepEqual(broken.arrays(), before);
    learner.dispose();
    broken.dispose();
  });

  it("refuses an image in two parts, too large batches, and weights of another network, without leaving tensors", () => {
    const { numTensors } = tf.memory();
    const [shared] = images.train;
    throws(
      () => learnerWith({}, plainCnn, { ...images, validation: [...images.validation, shared!] }),
      new RegExp(`1 image stands among the training and the validation images: ${shared!}`),
    );
    throws(() => learnerWith({ batchSize: 1000 }), /fewer than one batch of 1000/);
    throws(
      () => learnerWith({ classWeights: "balanced" }, plainCnn, { ...images, train: images.train.slice(0, 4) }),
      /balanced/,
    );
    throws(() => learnerWith({}, plainCnn, images, new Map()), /The weight .* is missing/);
    equal(tf.memory().numTensors, numTensors);
  });

  it("keeps as many tensors as it has, however many steps it makes, and none in the end", () => {
    for (const network of [plainCnn, tinyFound]) {
      const { numTensors } = tf.memory();
      const learner = learnerWith({ weightAverage: 0.9, mixup: 0.2, optimiser: { kind: "adamw" } }, network);
      learner.step(0);
      learner.validate();
      const before = tf.memory().numTensors;
      for (let step = 1; step < 6; step++) learner.step(step);
      learner.validate();
      equal(tf.memory().numTensors, before);
      learner.dispose();
      equal(tf.memory().numTensors, numTensors);
    }
  });
});
