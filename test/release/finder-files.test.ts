import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { boxOfMask } from "../../lib/pictures/mask";
import type { Picture } from "../../lib/pictures/picture";
import { readPicture } from "../../lib/data/records/read-pixels";
import { loadRelease } from "../../lib/release/load-release";
import { releaseModel } from "../../lib/release/release-model";
import { tf } from "../../lib/runtime/tensorflow";
import { findOutlines } from "../../lib/segment/find-outlines";
import { agreementOf } from "../../lib/segment/mask-agreement";
import type { TrainedSegmentation } from "../../lib/segment/train-segmentation";
import { lastingFolder } from "../helpers/temporary";
import { learnedSegmentation, phantomRecords } from "../segment/helpers";
import { exampleContents } from "./example";
import { finderOf } from "./trained";

describe("a release with a finder", function () {
  this.timeout(120_000);
  const folder = lastingFolder();
  const target = () => join(folder.path, "release");
  let network: TrainedSegmentation;
  let pictures: Picture[];
  const contents = exampleContents();
  before(async () => {
    network = await learnedSegmentation(join(folder.path, "learned"));
    await releaseModel(target(), { ...contents, finder: finderOf(network) });
    pictures = await Promise.all((await phantomRecords()).slice(16).map((record) => readPicture(record)));
  });
  after(() => {
    network.weights.dispose();
    contents.weights.dispose();
  });

  it("goes from picture to probability with nothing drawn: the same as with the outline that it finds given", async () => {
    const before = tf.memory().numTensors;
    const model = await loadRelease(target());
    for (const picture of pictures.slice(0, 3)) {
      const { probability, outline, label, threshold } = await model.predict(picture);
      const given = await model.predict(picture, { mask: outline!.mask! });
      equal(probability, given.probability);
      equal(label, probability >= threshold ? "malignant" : "benign");
      equal("outline" in given, false);
      ok(outline!.expectedDice > 0 && outline!.expectedDice <= 1, String(outline!.expectedDice));
      // Who disagrees draws a box.
      const drawn = await model.predict(picture, { box: boxOfMask(outline!.mask!)! });
      equal("outline" in drawn, false);
      // Another finder than the release's own.
      deepEqual((await model.predict(picture, { finder: network })).outline!.mask!.width, 64);
    }
    model.dispose();
    equal(tf.memory().numTensors, before);
  });

  it("finds with weights of 16 bits what it found with those of 32", async () => {
    const model = await loadRelease(target());
    const named = pictures.map((picture, index) => ({ id: String(index), picture }));
    const [half, whole] = [findOutlines(model.finder!, named), findOutlines(network, named)];
    for (const [index, { mask, expectedDice }] of half.entries()) {
      ok(agreementOf(mask, whole[index]!.mask!).dice > 0.99);
      ok(Math.abs(expectedDice - whole[index]!.expectedDice) < 5e-3);
    }
    const { weightBytes, parameters } = model.card.finder!.network;
    equal(readFileSync(join(target(), "finder.bin")).length, weightBytes);
    ok(weightBytes < 2.6 * parameters, `${weightBytes} bytes for ${parameters} parameters`);
    model.dispose();
  });

  it("has its own threshold, and says from when on it is sure", async () => {
    const model = await loadRelease(target());
    const { outline, warnings } = await model.predict(pictures[0]!);
    const unsure = warnings.some((warning) => warning.includes("is sure from 0.81 on"));
    equal(unsure, outline!.expectedDice < 0.81);
    deepEqual(model.finder!.sure, { expectedDice: 0.81, origin: "chosen on others" });
    model.dispose();
  });

  it("says of it on its card what it is, learned from, reached, and where it fails", () => {
    const card = readFileSync(join(target(), "MODEL_CARD.md"), "utf8");
    const [, section] = /## Finder\n([\s\S]*?)\n## Network/.exec(card)!;
    for (const part of [
      "from an expected Dice coefficient of 0.810 on",
      "chosen on others",
      "0.871 \\[0.840, 0.902\\]",
    ])
      ok(section!.includes(part), part);
    match(
      section!,
      /## Training data of the finder[\s\S]*Images: 16[\s\S]*## Test data of the finder[\s\S]*Patients: 5/,
    );
    match(card, /the picture alone, in which the finder finds the lesion; or a mask or a box/);
    match(card, /model\.predict\("image\.png"\)/);
  });

  it("notices a changed bit of the finder's files, a missing one, and weights of another finder", async () => {
    for (const name of ["finder.json", "finder.bin"]) {
      const path = join(target(), name);
      const bytes = readFileSync(path);
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
      writeFileSync(path, flipped);
      await rejects(loadRelease(target()), { name: "Problem", message: /is not as it was released/ });
      rmSync(path);
      await rejects(loadRelease(target()), { name: "Problem", message: /no such file/ });
      writeFileSync(path, bytes);
    }
    const sums = readFileSync(join(target(), "checksums.json"));
    rmSync(join(target(), "checksums.json"));
    const bytes = readFileSync(join(target(), "finder.bin"));
    writeFileSync(
      join(target(), "finder.bin"),
      bytes.map((one, place) => (place === 8 ? one ^ 1 : one)),
    );
    await rejects(loadRelease(target()), /finder\.bin is not the file that sononas\.json names/);
    writeFileSync(join(target(), "finder.bin"), bytes);
    const graph = readFileSync(join(target(), "finder.json"));
    writeFileSync(join(target(), "finder.json"), readFileSync(join(target(), "network.json")));
    await rejects(loadRelease(target()), /The finder in .*finder\.json takes \[16, 16, 2\]/);
    writeFileSync(join(target(), "finder.json"), graph);
    writeFileSync(join(target(), "checksums.json"), sums);
    (await loadRelease(target())).dispose();
  });

  it("is refused for a network that looks at the whole picture, and with weights that are no numbers; nothing is left", async () => {
    const other = join(folder.path, "other");
    const whole = { preparation: { size: 16, channels: ["gray", "gray"], region: { kind: "whole" } } } as const;
    await rejects(releaseModel(other, { ...contents, ...whole, finder: finderOf(network) }), {
      name: "Problem",
      message: /looks at the whole picture: it has no use for a lesion that was found/,
    });
    const key = network.weights.keys[0]!;
    const kept = network.weights.get(key).clone();
    network.weights.get(key).assign(kept.mul(NaN));
    await rejects(releaseModel(other, { ...contents, finder: finderOf(network) }), /holds NaN/);
    network.weights.get(key).assign(kept);
    kept.dispose();
    await rejects(
      releaseModel(other, { ...contents, finder: { ...finderOf(network), sure: { expectedDice: 2, origin: "x" } } }),
      {
        message: /sure\.expectedDice: 2/,
      },
    );
    equal(existsSync(other), false);
  });

  it("goes out as ONNX beside the network, with Python that finds and predicts", async () => {
    const model = await loadRelease(target());
    const onnx = join(folder.path, "onnx");
    await model.toOnnx(onnx);
    model.dispose();
    deepEqual(readdirSync(onnx).sort(), [
      ...["MODEL_CARD.md", "find.py", "finder.onnx", "model.onnx", "predict.py", "prepare.py", "sononas.json"],
    ]);
    match(readFileSync(join(onnx, "predict.py"), "utf8"), /find\(gray, card\["finder"\].*mask=mask/s);
    match(readFileSync(join(onnx, "MODEL_CARD.md"), "utf8"), /pip install onnxruntime numpy pillow scipy/);
  });
});
