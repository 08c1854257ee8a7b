import { deepEqual, equal, notEqual, ok, rejects, throws } from "node:assert/strict";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { WrongConfiguration } from "../../lib/runs/exit-codes";
import { readOutcome } from "../../lib/runs/outcome";
import { tf } from "../../lib/runtime/tensorflow";
import type { TrainingImages } from "../../lib/train/learner";
import { weightArrays } from "../../lib/train/stored-weights";
import { loadTrained, trainInRun, weightsFile, type TrainingTask } from "../../lib/train/train-in-run";
import { hashFolder } from "../helpers/run-folder";
import { temporaryFolder } from "../helpers/temporary";
import { graphFor, hashWeights, plainCnn, quickly, tinyImages } from "./helpers";

describe("trainInRun(folder, task)", () => {
  const folder = temporaryFolder();
  let images: TrainingImages;
  before(async () => {
    images = await tinyImages();
  });
  const task = (other: Partial<TrainingTask> = {}): TrainingTask => ({
    ...{ network: plainCnn, images, options: { ...quickly, epochs: 2 }, watch: null },
    ...other,
  });

  it("trains once, and reads what is done, to the bit", async () => {
    const first = await trainInRun(folder.path, task());
    const written = statSync(join(folder.path, weightsFile)).mtimeMs;
    const again = await trainInRun(folder.path, task());
    equal(statSync(join(folder.path, weightsFile)).mtimeMs, written);
    equal(hashWeights(again.weights), hashWeights(first.weights));
    const { weights: _, graph: __, ...rest } = first;
    deepEqual({ ...again, weights: undefined, graph: undefined }, { ...rest, weights: undefined, graph: undefined });
    ok(first.seconds > 0);
    first.weights.dispose();
    again.weights.dispose();
  });

  it("seals equal trainings alike, however long they took", async () => {
    const [one, other] = [join(folder.path, "one"), join(folder.path, "other")];
    for (const place of [one, other]) (await trainInRun(place, task())).weights.dispose();
    equal(readOutcome(one)!.hash, readOutcome(other)!.hash);
    const place = join(folder.path, "another seed");
    (await trainInRun(place, task({ options: { ...quickly, epochs: 2, seed: 2 } }))).weights.dispose();
    notEqual(readOutcome(place)!.hash, readOutcome(one)!.hash);
  });

  it("makes weights that are damaged afterwards anew, from the checkpoint", async () => {
    const first = await trainInRun(folder.path, task());
    const path = join(folder.path, weightsFile);
    const bytes = readFileSync(path);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(path, bytes);
    const again = await trainInRun(folder.path, task());
    equal(hashWeights(again.weights), hashWeights(first.weights));
    ok(readOutcome(folder.path) !== null);
    first.weights.dispose();
    again.weights.dispose();
  });

  it("needs no duration to read what is done", async () => {
    const first = await trainInRun(folder.path, task());
    rmSync(join(folder.path, "duration.json"));
    const again = await trainInRun(folder.path, task());
    equal(again.seconds, 0);
    first.weights.dispose();
    again.weights.dispose();
  });

  it("refuses a folder of another task, naming what differs, and changes nothing in it", async () => {
    const first = await trainInRun(folder.path, task());
    const start = weightArrays(first.weights);
    first.weights.dispose();
    const before = readFileSync(join(folder.path, "done.json"), "utf8");
    const refused = (other: Partial<TrainingTask>, message: RegExp) =>
      rejects(
        trainInRun(folder.path, task(other)),
        (error: unknown) => error instanceof WrongConfiguration && message.test(error.message),
      );
    await refused({ options: { ...quickly, epochs: 3 } }, /epochs/);
    await refused({ network: { kind: "hand-crafted", name: "CNN3" } }, /CNN3/);
    await refused({ images: { ...images, validation: images.validation.slice(1) } }, /split/);
    await refused({ start }, /start/);
    equal(readFileSync(join(folder.path, "done.json"), "utf8"), before);
  });

  it("refuses wrong options before it makes a folder", async () => {
    const place = join(folder.path, "new");
    const { numTensors } = tf.memory();
    await rejects(trainInRun(place, task({ options: { epochs: -1 } })), /epochs: -1/);
    await rejects(
      trainInRun(place, task({ network: { kind: "hand-crafted", name: "none" } })),
      /no hand-crafted network/,
    );
    ok(!existsSync(place));
    equal(tf.memory().numTensors, numTensors);
  });
});

describe("loadTrained(folder, graph)", () => {
  const folder = temporaryFolder();

  it("reads what a training gave, to the bit, and leaves its folder as it is", async () => {
    const images = await tinyImages();
    const task: TrainingTask = { network: plainCnn, images, options: { ...quickly, epochs: 2 }, watch: null };
    const first = await trainInRun(folder.path, task);
    const before = hashFolder(folder.path);
    const again = loadTrained(folder.path, graphFor(images));
    equal(hashWeights(again.weights), hashWeights(first.weights));
    deepEqual({ ...again, weights: undefined }, { ...first, weights: undefined });
    equal(hashFolder(folder.path), before);
    first.weights.dispose();
    again.weights.dispose();
  });

  it("refuses a training that is not done, and one of another network", async () => {
    const images = await tinyImages();
    const task: TrainingTask = { network: plainCnn, images, options: { ...quickly, epochs: 2 }, watch: null };
    (await trainInRun(folder.path, task)).weights.dispose();
    const { numTensors } = tf.memory();
    throws(() => loadTrained(folder.path, graphFor(images, { kind: "hand-crafted", name: "CNN3" })));
    equal(tf.memory().numTensors, numTensors);
    rmSync(join(folder.path, "done.json"));
    throws(() => loadTrained(folder.path, graphFor(images)), /is not done\..*the call that began it goes on/s);
    throws(() => loadTrained(join(folder.path, "none"), graphFor(images)), /none is missing/);
  });
});
