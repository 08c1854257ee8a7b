import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { computeNormalisation } from "../../lib/data/prepare/normalise";
import { buildUNet } from "../../lib/graph/u-net";
import { directMemory } from "../../lib/kernels/direct-tensor";
import { Problem } from "../../lib/runtime/problem";
import { tf } from "../../lib/runtime/tensorflow";
import { SegmentationLearner, type SegmentationImages } from "../../lib/segment/segmentation-learner";
import { checkSegmentation, type SegmentationOptions } from "../../lib/segment/segmentation-options";
import { quickly, tinyImages } from "./helpers";

describe("SegmentationLearner", () => {
  let images: SegmentationImages;
  before(async () => {
    images = await tinyImages();
  });
  const graph = buildUNet({ height: 32, width: 32, channels: 1 }, { ...quickly.network, dropout: 0.2 });
  const learnerWith = (given: SegmentationOptions = {}, own = images) =>
    new SegmentationLearner(graph, own, checkSegmentation({ ...quickly, ...given }));

  it("normalises gray levels by the training images alone, and leaves masks as they are", () => {
    const learner = learnerWith();
    const { mean, deviation } = computeNormalisation(images.prepared, images.train);
    deepEqual(learner.normalisation, { mean: [mean[0]], deviation: [deviation[0]] });
    equal(learner.stepsPerEpoch, 4);
    learner.dispose();
  });

  it("makes the same step whatever was done before, given the same state, with all that is random", () => {
    const given: SegmentationOptions = { weightAverage: 0.9, augment: { rotation: 10, flipHorizontal: 0.5 } };
    const one = learnerWith(given);
    for (let step = 0; step < 5; step++) one.step(step);
    const state = one.arrays();
    const result = one.step(5);
    const other = learnerWith(given);
    other.restore(state, 5);
    deepEqual(other.step(5), result);
    deepEqual(other.arrays(), one.arrays());
    for (const learner of [one, other]) learner.dispose();
  });

  it("measures the validation images, by the averages where they are kept, and nothing without any", () => {
    const means = { epoch: 1, rate: 0.1, loss: 0.5, right: 0.7, norm: 2 };
    const learner = learnerWith({ weightAverage: 0 });
    const plain = learnerWith();
    for (const one of [learner, plain]) one.step(0);
    const record = learner.measure(means);
    // Averages with a decay of 0 are the weights.
    deepEqual(record, plain.measure(means));
    deepEqual([record.trainingLoss, record.trainingDice, record.gradientNorm], [0.5, 0.7, 2]);
    ok(record.validationDice! >= 0 && record.validationDice! <= 1);
    const none = learnerWith({}, { ...images, validation: [] });
    equal(none.measure(means).validationDice, null);
    for (const one of [learner, plain, none]) one.dispose();
  });

  it("keeps as many tensors as it has, however many steps it makes, and none in the end", () => {
    const count = () => tf.memory().numTensors + directMemory().tensors;
    const start = count();
    const learner = learnerWith({ weightAverage: 0.9 });
    for (let step = 0; step < 4; step++) learner.step(step);
    const before = count();
    for (let step = 4; step < 8; step++) learner.step(step);
    learner.measure({ epoch: 2, rate: 0.1, loss: 0.5, right: 0.7, norm: 2 });
    equal(count(), before);
    learner.dispose();
    equal(count(), start);
  });

  it("refuses an image in two parts, and images without a plane for the mask", () => {
    throws(() => learnerWith({}, { ...images, validation: [images.train[0]!] }), Problem);
    const gray = { ...images.prepared, channels: ["gray" as const] };
    throws(() => learnerWith({}, { ...images, prepared: gray }), /expected gray, mask/);
  });
});
