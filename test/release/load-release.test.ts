import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { createBatches } from "../../lib/data/batches/batches";
import { prepare } from "../../lib/data/prepare/prepare";
import type { ImageRecord } from "../../lib/data/records/record";
import { gradCam } from "../../lib/explain/grad-cam";
import { withoutAuxiliary } from "../../lib/graph/graph";
import { buildCnn3 } from "../../lib/graph/hand-crafted/cnn3";
import { stockForward } from "../../lib/networks/model/stock-forward";
import { loadRelease } from "../../lib/release/load-release";
import { releaseModel } from "../../lib/release/release-model";
import { tf } from "../../lib/runtime/tensorflow";
import { weightsOfGraph } from "../networks/helpers";
import { texture, writePicture } from "../helpers/pictures";
import { temporaryFolder } from "../helpers/temporary";
import { exampleArchitecture, exampleContents, exampleGraph } from "./example";

const box = { left: 20, top: 30, width: 25, height: 18 };

describe("loadRelease(folder)", () => {
  const folder = temporaryFolder();
  const contents = exampleContents();
  let [target, image]: [string, string] = ["", ""];
  beforeEach(async () => {
    target = join(folder.path, "release");
    image = writePicture(join(folder.path, "image.png"), texture(3), { width: 90, height: 80 });
    await releaseModel(target, contents);
  });
  after(() => {
    contents.weights.dispose();
  });

  /** The probability of malignancy by the path of a training: records, batches, the network, a softmax. */
  async function trainingPath(temperature: number): Promise<number> {
    const record: ImageRecord = { id: "a", image: { kind: "file", path: image }, masks: [], label: "benign", box };
    const prepared = await prepare([record], contents.preparation, { cacheFolder: null });
    const batch = createBatches({ prepared, normalisation: contents.normalisation }).batchAt(0, 0);
    const graph = withoutAuxiliary(exampleGraph);
    const probability = tf.tidy(() => {
      const { output } = stockForward(graph, contents.weights.of, batch.images);
      return tf.softmax(tf.div(output, temperature)).dataSync()[1]!;
    });
    tf.dispose([batch.images, batch.labels]);
    return probability;
  }

  it("gives the probability of the training's own path, in three lines", async () => {
    const model = await loadRelease(target);
    const result = await model.predict(image, { box });
    const expected = await trainingPath(1.7);
    ok(Math.abs(result.probability - expected) < 1e-5, `${result.probability}, not ${expected}`);
    ok(Math.abs(expected - (await trainingPath(1))) > 1e-3, `the temperature matters in the example: ${expected}`);
    deepEqual([result.threshold, result.label, result.warnings], [0.37, expected >= 0.37 ? "malignant" : "benign", []]);
    model.dispose();
  });

  it("says malignant from the threshold on", async () => {
    const first = await loadRelease(target);
    const { probability } = await first.predict(image, { box });
    first.dispose();
    for (const [name, threshold, label] of [
      ["at", probability, "malignant"],
      ["above", probability + 1e-9, "benign"],
    ] as const) {
      await releaseModel(join(folder.path, name), { ...contents, threshold });
      const model = await loadRelease(join(folder.path, name));
      equal((await model.predict(image, { box })).label, label);
      model.dispose();
    }
  });

  it("gives card, network, weights and architecture, with which a heat map is made", async () => {
    const loaded = await loadRelease(target);
    const { card, graph, weights, architecture, checked } = loaded;
    equal(card.name, "Example");
    deepEqual(graph, withoutAuxiliary(exampleGraph));
    deepEqual(architecture, exampleArchitecture);
    equal(checked, true);
    const { values } = await loaded.prepareInput(image, { box });
    const x = tf.tensor4d(values, [1, 16, 16, 2]);
    const [found, expected] = [weights.of, contents.weights.of].map((of) => gradCam(graph, of, x, { target: 1 }));
    deepEqual(found!.values, expected!.values);
    x.dispose();
    loaded.dispose();
  });

  it("leaves no tensor when it is disposed of, twice too, and predicts no more", async () => {
    const before = tf.memory().numTensors;
    const model = await loadRelease(target);
    const loaded = tf.memory().numTensors;
    await model.predict(image, { box });
    equal(tf.memory().numTensors, loaded);
    model.dispose();
    model.dispose();
    equal(tf.memory().numTensors, before);
    await rejects(model.predict(image, { box }), { name: "Problem", message: /was disposed of/ });
  });

  it("warns of a colour photo that is too small, and asks for the lesion", async () => {
    const model = await loadRelease(target);
    const pixels = Float32Array.from({ length: 140 }, (_, pixel) => (pixel % 9) / 9);
    const colors = Uint8Array.from({ length: 420 }, (_, place) => (place % 3 === 0 ? 250 : 10));
    const photo = { width: 14, height: 10, pixels, colors, channels: 3, bits: 8 as const };
    const { warnings } = await model.predict(photo, { box: { left: 1, top: 1, width: 9, height: 8 } });
    equal(warnings.length, 2);
    match(warnings[0]!, /100 % of the picture is coloured/);
    match(warnings[1]!, /14 × 10 pixels/);
    await rejects(model.predict(image), { name: "Problem", message: /Example .* was not told where the lesion is/ });
    model.dispose();
  });

  it("notices a changed bit in any file that counts, and a missing one", async () => {
    const before = tf.memory().numTensors;
    const names = readdirSync(target).filter((name) => !/\.(md|svg)$/.test(name));
    equal(names.length, 6);
    for (const name of names) {
      const path = join(target, name);
      const bytes = readFileSync(path);
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
      writeFileSync(path, flipped);
      await rejects(loadRelease(target), { name: "Problem" }, name);
      if (name !== "checksums.json") {
        rmSync(path);
        await rejects(loadRelease(target), { name: "Problem", message: /no such file/ }, name);
      }
      writeFileSync(path, bytes);
    }
    equal(tf.memory().numTensors, before);
    (await loadRelease(target)).dispose();
  });

  it("takes no weights of another training, also where the checksums were deleted", async () => {
    const other = join(folder.path, "other");
    const weights = weightsOfGraph(exampleGraph, 9);
    await releaseModel(other, { ...contents, weights });
    weights.dispose();
    rmSync(join(target, "checksums.json"));
    const unchecked = await loadRelease(target);
    equal(unchecked.checked, false);
    unchecked.dispose();
    writeFileSync(join(target, "weights.bin"), readFileSync(join(other, "weights.bin")));
    await rejects(loadRelease(target), { name: "Problem", message: /weights\.bin is not the file that sononas\.json/ });
  });

  it("takes no network, architecture or format of another release", async () => {
    rmSync(join(target, "checksums.json"));
    const change = async (name: string, edit: (contents: Record<string, unknown>) => unknown, message: RegExp) => {
      const path = join(target, name);
      const before = readFileSync(path, "utf8");
      writeFileSync(path, JSON.stringify(edit(JSON.parse(before) as Record<string, unknown>)));
      await rejects(loadRelease(target), { name: "Problem", message });
      writeFileSync(path, before);
    };
    const cnn3 = (side: number) => buildCnn3({ height: side, width: side, channels: 2 });
    await change("network.json", () => cnn3(32), /network takes \[32, 32, 2\]/);
    await change("network.json", () => cnn3(16), /does not belong to the network of network\.json beside it/);
    const macro = { kind: "macro", layers: [{ operation: "max pool 3×3", skips: [] }] };
    await change("architecture.json", () => macro, /architecture|operation/);
    await change("sononas.json", (card) => ({ ...card, formatVersion: 7 }), /is of format version 7/);
    await change(
      "sononas.json",
      (card) => ({ ...card, threshold: 2 }),
      /has threshold: 2, expected a number from 0 to 1/,
    );
    await rejects(loadRelease(folder.path), { name: "Problem", message: /sononas\.json cannot be read/ });
  });

  it("says so where the model gives no number", async () => {
    // Numbers that are finite, and too large to be added up.
    const path = join(target, "weights.bin");
    const size = readFileSync(path).length / 4;
    const bytes = Buffer.from(Float32Array.from({ length: size }, () => 3e38).buffer);
    writeFileSync(path, bytes);
    rmSync(join(target, "checksums.json"));
    const file = join(target, "sononas.json");
    const card = JSON.parse(readFileSync(file, "utf8")) as { network: { weightsHash: string } };
    card.network.weightsHash = createHash("sha256").update(bytes).digest("hex");
    writeFileSync(file, JSON.stringify(card));
    const model = await loadRelease(target);
    await rejects(model.predict(image, { box }), { name: "Problem", message: /which make no probability/ });
    model.dispose();
  });
});
