import { deepEqual, equal, notDeepEqual, ok, throws } from "node:assert/strict";

import { augmentations } from "../../../lib/data/augment/presets";
import { createBatches, type Batch, type Batches } from "../../../lib/data/batches/batches";
import { computeNormalisation } from "../../../lib/data/prepare/normalise";
import { createRandom } from "../../../lib/runtime/random";
import { tf } from "../../../lib/runtime/tensorflow";

const size = 8;
const channels = ["gray", "mask"] as const;
const count = 10;
const length = size * size * channels.length;
const prepared = {
  ids: Array.from({ length: count }, (_, image) => `image ${image}`),
  labels: Int32Array.from({ length: count }, (_, image) => (image % 5 === 0 ? 1 : 0)),
  pixels: Float32Array.from({ length: count * length }, (_, place) => ((place * 37) % 101) / 101),
  size,
  channels,
};
const random = createRandom(7);

/** What a batch holds, after which it is disposed of. */
function take({ images, labels, ids }: Batch): {
  pixels: Float32Array;
  shape: number[];
  labels: number[];
  ids: readonly string[];
} {
  const content = {
    pixels: images.dataSync() as Float32Array,
    shape: images.shape,
    labels: [...labels.dataSync()],
    ids,
  };
  tf.dispose([images, labels]);
  return content;
}
const takeEpoch = (batches: Batches, epoch: number) => [...batches.epoch(epoch)].map(take);
const idsOf = (batches: Batches, epoch: number) => takeEpoch(batches, epoch).flatMap(({ ids }) => ids);

describe("createBatches(options)", () => {
  it("gives tensors of images and labels, in order where nothing else is asked for", () => {
    const batches = createBatches({ prepared, batchSize: 4 });
    deepEqual([batches.steps, batches.images], [3, 10]);
    const batch = batches.batchAt(0, 0);
    deepEqual([batch.images.dtype, batch.labels.dtype], ["float32", "int32"]);
    take(batch);
    const all = takeEpoch(batches, 0);
    deepEqual(
      all.map(({ shape }) => shape),
      [
        [4, 8, 8, 2],
        [4, 8, 8, 2],
        [2, 8, 8, 2],
      ],
    );
    deepEqual(
      all.flatMap(({ ids }) => ids),
      prepared.ids,
    );
    deepEqual(
      all.flatMap(({ labels }) => labels),
      [...prepared.labels],
    );
    deepEqual(
      all.flatMap(({ pixels }) => [...pixels]),
      [...prepared.pixels],
    );
  });

  it("uses the images asked for, in their order", () => {
    const ids = ["image 7", "image 0", "image 5"];
    const [batch] = takeEpoch(createBatches({ prepared, ids }), 0);
    deepEqual([batch!.ids, batch!.labels], [ids, [0, 1, 1]]);
    deepEqual(batch!.pixels.slice(0, length), prepared.pixels.slice(7 * length, 8 * length));
  });

  it("leaves out a last batch with fewer images where this is asked for", () => {
    const batches = createBatches({ prepared, batchSize: 4, dropLast: true });
    deepEqual([batches.steps, batches.images, takeEpoch(batches, 0).length], [2, 8, 2]);
  });

  it("shuffles anew in every epoch, by seed and epoch alone", () => {
    const make = (seed: number) => createBatches({ prepared, batchSize: 3, shuffle: true, random: createRandom(seed) });
    const batches = make(1);
    const first = idsOf(batches, 0);
    notDeepEqual(first, prepared.ids);
    deepEqual([...first].sort(), prepared.ids);
    notDeepEqual(idsOf(batches, 1), first);
    deepEqual(idsOf(batches, 0), first);
    deepEqual(idsOf(make(1), 0), first);
    notDeepEqual(idsOf(make(2), 0), first);
  });

  it("does not depend on what was drawn from its source of chance before", () => {
    const used = createRandom(7);
    used.uniform();
    const [one, other] = [random, used].map((source) =>
      takeEpoch(createBatches({ prepared, shuffle: true, augment: augmentations.strong, random: source }), 2),
    );
    deepEqual(one, other);
  });

  it("makes any batch alone as it was in its epoch, to the bit, in another process too", () => {
    const options = { prepared, batchSize: 4, shuffle: true, augment: augmentations.strong, random } as const;
    const epochs = [0, 1, 5].map((epoch) => takeEpoch(createBatches(options), epoch));
    const resumed = createBatches({ ...options, random: createRandom(7) });
    for (const [index, epoch] of [0, 1, 5].entries()) {
      for (const step of [2, 0, 1]) deepEqual(take(resumed.batchAt(epoch, step)), epochs[index]![step]);
    }
  });

  it("varies an image by its name and the epoch, not by its place in a batch", () => {
    const options = { prepared, augment: augmentations.strong, random, batchSize: 1 };
    const one = take(createBatches({ ...options, ids: ["image 3"] }).batchAt(1, 0)).pixels;
    const four = takeEpoch(createBatches({ ...options, batchSize: 4, ids: ["image 1", "image 2", "image 3"] }), 1)[0]!;
    deepEqual(four.pixels.slice(2 * length), one);
    notDeepEqual(take(createBatches({ ...options, ids: ["image 3"] }).batchAt(2, 0)).pixels, one);
  });

  it("normalises, varied or not", () => {
    const normalisation = computeNormalisation(prepared, prepared.ids);
    const [plain] = takeEpoch(createBatches({ prepared, batchSize: 10, normalisation }), 0);
    const gray = plain!.pixels.filter((_, place) => place % 2 === 0);
    ok(Math.abs(gray.reduce((sum, value) => sum + value, 0) / gray.length) < 1e-5);
    ok(Math.abs(gray.reduce((sum, value) => sum + value ** 2, 0) / gray.length - 1) < 1e-5);
    const light = { prepared, batchSize: 10, augment: augmentations.light, random };
    const [before, after] = [{}, { normalisation }].map(
      (more) => takeEpoch(createBatches({ ...light, ...more }), 0)[0]!.pixels,
    );
    ok(
      after!.every(
        (value, place) =>
          Math.abs(value - (before![place]! - normalisation.mean[place % 2]!) / normalisation.deviation[place % 2]!) <
          1e-5,
      ),
    );
  });

  it("gives both classes equal shares of every batch where this is asked for", () => {
    const batches = createBatches({ prepared, batchSize: 6, balanced: true, shuffle: true, random });
    deepEqual([batches.images, batches.steps], [16, 3]);
    for (const { labels } of takeEpoch(batches, 0))
      equal(labels.filter((label) => label === 1).length * 2, labels.length);
    const benign = idsOf(batches, 1).filter((id) => prepared.labels[prepared.ids.indexOf(id)] === 0);
    equal(new Set(benign).size, 8);
  });

  it("gives each epoch a share of benign images where this is asked for, and each batch the same alone as in its epoch", () => {
    const batches = createBatches({ prepared, batchSize: 5, benignShare: 0.4, shuffle: true, random });
    deepEqual([batches.images, batches.steps], [10, 2]);
    for (const epoch of [0, 1, 2]) {
      const labels = takeEpoch(batches, epoch).flatMap((batch) => [...batch.labels]);
      equal(labels.filter((label) => label === 0).length, 4);
    }
    deepEqual(take(batches.batchAt(2, 1)), takeEpoch(batches, 2)[1]);
    notDeepEqual(idsOf(batches, 0), idsOf(batches, 1));
  });

  it("varies repeats of an image in different ways", () => {
    const options = { prepared, batchSize: 16, balanced: true, augment: augmentations.strong, random };
    const [batch] = takeEpoch(createBatches(options), 0);
    const copies = batch!.ids.flatMap((id, place) =>
      id === "image 5" ? [batch!.pixels.slice(place * length, (place + 1) * length)] : [],
    );
    equal(copies.length, 4);
    for (const copy of copies.slice(1)) notDeepEqual(copy, copies[0]);
  });

  it("leaves nothing in TensorFlow's memory but the batch, which two disposals free", () => {
    const batches = createBatches({ prepared, batchSize: 4, shuffle: true, augment: augmentations.strong, random });
    const before = tf.memory().numTensors;
    const batch = batches.batchAt(0, 0);
    equal(tf.memory().numTensors, before + 2);
    take(batch);
    for (let epoch = 0; epoch < 3; epoch++) takeEpoch(batches, epoch);
    equal(tf.memory().numTensors, before);
  });

  it("gives tensors of their own: a batch stays as it is when the next is made", () => {
    const batches = createBatches({ prepared, batchSize: 5 });
    const [one, other] = [...batches.epoch(0)] as [Batch, Batch];
    deepEqual([...take(one).pixels], [...prepared.pixels.slice(0, 5 * length)]);
    deepEqual([...take(other).pixels], [...prepared.pixels.slice(5 * length)]);
  });

  it("feeds a network", async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.flatten({ inputShape: [size, size, 2] }),
        tf.layers.dense({ units: 1, activation: "sigmoid" }),
      ],
    });
    model.compile({ optimizer: "sgd", loss: "binaryCrossentropy" });
    const { images, labels } = createBatches({ prepared }).batchAt(0, 0);
    ok(Number.isFinite(await model.trainOnBatch(images, labels)));
    tf.dispose([images, labels]);
    model.dispose();
  });

  it("names bad options", () => {
    const make = (options: object) => () => createBatches({ prepared, ...options });
    throws(make({ batchsize: 4 }), /no option "batchsize".*"batchSize"/);
    throws(make({ batchSize: 0 }), /batchSize: 0/);
    throws(make({ ids: [] }), /no images/);
    throws(make({ ids: ["x"] }), /"x" is not among/);
    throws(make({ ids: ["image 1", "image 1"] }), /stands twice/);
    throws(make({ shuffle: true }), /no source of chance.*createRandom/);
    throws(make({ augment: { shift: 1 } }), /no source of chance/);
    throws(make({ augment: { shfit: 1 } }), /no option "augment\.shfit"/);
    throws(make({ balanced: true, batchSize: 3 }), /odd number.*batchSize: 4/);
    throws(make({ balanced: true, ids: ["image 1", "image 2"] }), /none of its 2 images is malignant/);
    for (const benignShare of [0, 1, NaN]) throws(make({ benignShare }), /benignShare: .*between 0 and 1/);
    throws(make({ benignShare: 0.5, balanced: true }), /each says how many images of a class/);
    throws(make({ benignShare: 0.5, ids: ["image 1", "image 2"] }), /benignShare: 0\.5, but none .* malignant/);
    throws(make({ dropLast: true, batchSize: 11 }), /fewer than one batch of 11/);
    throws(make({ normalisation: { mean: [0], deviation: [1] } }), /for 2 planes/);
    const batches = createBatches({ prepared, batchSize: 4 });
    throws(() => batches.batchAt(0, 3), /step 3.*from 0 to 2/);
    throws(() => batches.batchAt(-1, 0), /epoch -1/);
    throws(() => batches.epoch(0.5), /epoch 0\.5/);
  });
});
