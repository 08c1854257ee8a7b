import { deepEqual, equal, match, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { judgeImage } from "../../lib/apply/judge-image";
import { listPictures } from "../../lib/data/own/list-pictures";
import { loadRelease } from "../../lib/release/load-release";
import { tf } from "../../lib/runtime/tensorflow";
import { temporaryFolder } from "../helpers/temporary";
import { writePicture } from "../helpers/pictures";
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
