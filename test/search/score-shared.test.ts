import { deepEqual, equal, throws } from "node:assert/strict";

import { scoreShared } from "../../lib/search/score-shared";
import { checkSupernet } from "../../lib/search/supernet-options";
import { SupernetTrainer } from "../../lib/search/supernet-trainer";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { sampleArchitecture } from "../../lib/space/sample";
import { predictLogits } from "../../lib/train/predict";
import { tinySearchImages, tinySupernet } from "./helpers";

describe("scoreShared(scoring, architecture)", function () {
  this.timeout(60_000);
  const few = tinySearchImages();
  // The same noise many times over: 300 to be scored.
  const count = 324;
  const length = few.prepared.size ** 2;
  const prepared = {
    ...few.prepared,
    ids: Array.from({ length: count }, (_, image) => `image ${image}`),
    labels: Int32Array.from({ length: count }, (_, image) => few.prepared.labels[image % 36]!),
    pixels: Float32Array.from(
      { length: count * length },
      (_, place) => few.prepared.pixels[place % few.prepared.pixels.length]! + (place % 7) / 100,
    ),
  };
  const images = { prepared, train: prepared.ids.slice(0, 24), searchValidation: prepared.ids.slice(24) };
  const trainer = () => new SupernetTrainer(images, checkSupernet(tinySupernet));
  const scoringOf = ({ supernet, normalisation }: SupernetTrainer) => ({
    ...{ supernet, numbers: supernet.numbers, normalisation },
    ...{ prepared, ids: images.searchValidation, learned: images.train },
  });

  it("takes the statistics of equal batches of 128 images and more, and gives a logit an image in their order", () => {
    const made = trainer();
    const architecture = sampleArchitecture(made.supernet.space, createRandom(4));
    const before = tf.memory().numTensors;
    const logits = scoreShared(scoringOf(made), architecture);
    equal(tf.memory().numTensors, before);
    deepEqual(logits.ids, images.searchValidation);
    equal(logits.values.length, 600);
    const { plan, weights } = made.supernet.take(architecture);
    const halves = [images.searchValidation.slice(0, 150), images.searchValidation.slice(150)].flatMap((ids) => [
      ...predictLogits(plan, weights.of, prepared, ids, made.normalisation, { batchSize: 150, statistics: "batch" })
        .values,
    ]);
    deepEqual([...logits.values], halves);
    weights.dispose();
  });

  it("takes the numbers that it is given, averages for example", () => {
    const made = trainer();
    const architecture = sampleArchitecture(made.supernet.space, createRandom(4));
    const doubled = new Map([...made.supernet.numbers].map(([key, values]) => [key, values.map((value) => 2 * value)]));
    const [own, other] = [made.supernet.numbers, doubled].map(
      (numbers) => scoreShared({ ...scoringOf(made), numbers }, architecture).values,
    );
    equal(
      own!.every((value, place) => value === other![place]),
      false,
    );
  });

  it("refuses images that the weights have learned from, and too few", () => {
    const made = trainer();
    const architecture = sampleArchitecture(made.supernet.space, createRandom(4));
    throws(
      () => scoreShared({ ...scoringOf(made), ids: prepared.ids }, architecture),
      /image 0 is to be scored, and the supernet has learned from it/,
    );
    throws(
      () => scoreShared({ ...scoringOf(made), ids: images.searchValidation.slice(0, 100) }, architecture),
      /100 images to be scored, expected at least 128/,
    );
  });
});
