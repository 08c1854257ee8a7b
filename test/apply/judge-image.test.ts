import { deepEqual, equal, match, notEqual, ok, rejects } from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import type { AppliedRow } from "../../lib/apply/applied-row";
import { judgeImage } from "../../lib/apply/judge-image";
import { listPictures } from "../../lib/data/own/list-pictures";
import { readMask, readPicture } from "../../lib/data/records/read-pixels";
import { loadRelease, type LoadedRelease } from "../../lib/release/load-release";
import { tf } from "../../lib/runtime/tensorflow";
import { lastingFolder, temporaryFolder } from "../helpers/temporary";
import { rectangle, writePicture } from "../helpers/pictures";
import { finderOf } from "../release/trained";
import { learnedSegmentation, makeBlind, phantomRecords } from "../segment/helpers";
import { fillFolder, kinds, put, releaseExample } from "./helpers";

describe("judgeImage(release, image, out, options)", () => {
  const folder = temporaryFolder();
  const settings = { bits: undefined, dicom: { frames: 1, area: null } };
  const judge = async (kind: keyof typeof kinds, boxes: string | null = null) => {
    const model = join(folder.path, kind);
    if (!existsSync(model)) await releaseExample(model, kind);
    const release = await loadRelease(model);
    try {
      const { images } = await listPictures(join(folder.path, "images"), {}, boxes);
      const out = join(folder.path, "out");
      // What the kernels keep for themselves they make at the first image.
      await judgeImage(release, images[0]!, out, settings);
      const before = tf.memory().numTensors;
      const rows = await Promise.all(images.map((image) => judgeImage(release, image, out, settings)));
      equal(tf.memory().numTensors, before);
      return rows.flat();
    } finally {
      release.dispose();
    }
  };
  const images = () => join(folder.path, "images");

  it("predicts as the release itself does, and writes a heat map", async () => {
    fillFolder(images(), ["a.png", "a_mask.png"]);
    const [row] = await judge("lesion");
    const release = await loadRelease(join(folder.path, "lesion"));
    const place = { mask: join(images(), "a_mask.png") };
    const expected = await release.predict(join(images(), "a.png"), place);
    release.dispose();
    equal(row!.probability, expected.probability);
    equal(row!.label, expected.label);
    ok(existsSync(join(folder.path, "out", row!.heatMap)));
    ok(Number.isFinite(row!.largest));
  });

  it("refuses an image without a lesion where one is needed, and says what to give", async () => {
    fillFolder(images(), ["a.png"]);
    const [row] = await judge("lesion");
    deepEqual([row!.fate, row!.probability, row!.heatMap], ["refused", null, ""]);
    match(row!.reason, /neither a box nor a mask: Example looks at the lesion.*--boxes/);
    equal((await judge("whole"))[0]!.fate, "predicted");
  });

  it("refuses a box where the outline is needed", async () => {
    fillFolder(images(), ["a.png"]);
    const boxes = put(join(folder.path, "boxes.csv"), "image,x,y,width,height\na,20,15,18,14\n");
    match(
      (await judge("mask", boxes))[0]!.reason,
      /no mask: Example takes the lesion's outline, and a box is not enough/,
    );
    equal((await judge("lesion", boxes))[0]!.fate, "predicted");
  });

  it("looks at millimetres by the pixel size of the table, and says where it is missing", async () => {
    fillFolder(images(), ["a.png"]);
    const table = (...columns: readonly string[]) =>
      put(join(folder.path, "boxes.csv"), `image,x,y,width,height${columns[0]!}\na,20,15,18,14${columns[1]!}\n`);
    match((await judge("window", table("", "")))[0]!.reason, /pixel size is not known: .*column pixelSize/);
    const [row] = await judge("window", table(",pixelSize", ",0.5"));
    const release = await loadRelease(join(folder.path, "window"));
    const box = { left: 20, top: 15, width: 18, height: 14 };
    const expected = await release.predict(join(images(), "a.png"), { box, pixelSize: 0.5 });
    await rejects(release.predict(join(images(), "a.png"), { box }), /was not told how long a pixel is/);
    const other = await release.predict(join(images(), "a.png"), { box, pixelSize: 0.3 });
    release.dispose();
    equal(row!.probability, expected.probability);
    notEqual(other.probability, expected.probability);
  });

  it("refuses a box that is of another picture, and a mask of another size", async () => {
    fillFolder(images(), ["a.png"]);
    const boxes = put(join(folder.path, "boxes.csv"), "image,x,y,width,height\na,500,500,18,14\n");
    match((await judge("lesion", boxes))[0]!.reason, /The box .* was given for/);
    writePicture(join(images(), "a_mask.png"), (column) => (column > 3 && column < 9 ? 255 : 0), {
      width: 20,
      height: 20,
    });
    match((await judge("lesion"))[0]!.reason, /20 × 20 pixels, the picture 60 × 50/);
  });

  it("warns of gray levels beyond the training's", async () => {
    writePicture(join(images(), "white.png"), (column) => (column === 0 ? 0 : 255), { width: 60, height: 50 });
    const [white] = await judge("whole");
    match(white!.warnings.join(" "), /brighter than the training's images/);
  });
});

describe("judgeImage(release, image, out, options) of a release with a finder", function () {
  this.timeout(60_000);
  const folder = lastingFolder();
  const at = (...names: string[]) => join(folder.path, ...names);
  let [release, blind]: [LoadedRelease | null, LoadedRelease | null] = [null, null];
  before(async () => {
    const network = await learnedSegmentation(at("learned"));
    await releaseExample(at("model"), "lesion", { finder: finderOf(network) });
    makeBlind(network);
    await releaseExample(at("blind"), "lesion", { finder: finderOf(network) });
    network.weights.dispose();
    [release, blind] = [await loadRelease(at("model")), await loadRelease(at("blind"))];
    const [phantom] = (await phantomRecords()).slice(18);
    const { width, height, pixels } = await readPicture(phantom!);
    const level = (column: number, row: number) => Math.round(255 * pixels[row * width + column]!);
    writePicture(at("images", "a.png"), level, { width, height });
    writePicture(at("images", "b.png"), level, { width, height });
    writePicture(at("images", "b_mask.png"), rectangle(20, 15, 18, 14), { width, height });
  });
  after(() => {
    release?.dispose();
    blind?.dispose();
  });

  it("finds what nobody has drawn and writes its outline, uses what was drawn, and says where nothing was found", async () => {
    const { images } = await listPictures(at("images"), {}, null);
    const settings = { bits: undefined, dicom: { frames: 1, area: null } };
    const judge = async (by: LoadedRelease) =>
      (await Promise.all(images.map((image) => judgeImage(by, image, at("out"), settings)))).flat();
    const [found, given] = (await judge(release!)) as [AppliedRow, AppliedRow];
    const expected = await release!.predict(at("images", "a.png"));
    equal(found.probability, expected.probability);
    equal(found.expectedDice, expected.outline!.expectedDice);
    equal(found.lesion, expected.outline!.expectedDice >= 0.81 ? "found" : "unsure");
    equal(found.outline, "outlines/a.png.png");
    const written = await readMask({ id: "a", masks: [{ kind: "file", path: at("out", found.outline) }] });
    deepEqual(written, expected.outline!.mask);
    deepEqual([given.lesion, given.outline, given.expectedDice], ["given", "", null]);
    const [nothing, drawn] = (await judge(blind!)) as [AppliedRow, AppliedRow];
    deepEqual([nothing.fate, nothing.lesion, nothing.outline], ["refused", "nothing found", ""]);
    match(nothing.reason, /No lesion was found in it\. Look at it; .*--boxes TABLE/);
    equal(drawn.probability, given.probability);
  });
});
