import { deepEqual, equal, rejects } from "node:assert/strict";
import { join } from "node:path";

import type { Description } from "../../../lib/data/own/description";
import { findMasks } from "../../../lib/data/own/find-masks";
import { temporaryFolder } from "../../helpers/temporary";
import { ownFolder } from "./helpers";

const folder = temporaryFolder();
const own = ownFolder(() => folder.path);
const find = async (files: readonly string[], said?: Description["masks"]) => {
  const pictures = files.map((file) => ({ path: join(folder.path, file), parts: file.split("/") }));
  const { images, masks, rule, kept } = await findMasks(pictures, said);
  const name = ({ parts }: { parts: readonly string[] }) => parts.join("/");
  return { images: images.map(name), masks: masks.map(name), stems: masks.map(({ stems }) => stems[0]), rule, kept };
};

describe("findMasks(pictures, said)", () => {
  it("knows masks by folders and endings that say so beyond doubt", async () => {
    const masks = [
      "a/1_mask.png",
      "a/2_seg.png",
      "a/3-gt_2.png",
      "masks/4.png",
      "a/labelsTr/5.png",
      "mask_6.png",
      "Segmentations/7.png",
    ];
    const images = ["a/1.png", "seg.png", "a/maskara.png", "unmasked.png"];
    const found = await find([...masks, ...images]);
    deepEqual(found.images, images);
    deepEqual(found.masks, masks);
    deepEqual(found.stems, ["1", "2", "3", "4", "5", "6", "7"]);
  });

  it("knows other endings where all of them have two levels, and keeps what it found", async () => {
    own.images("a/1.png", "a/2.png");
    own.masks("a/1_tumor.png", "a/2_tumor.png");
    const found = await find(["a/1.png", "a/1_tumor.png", "a/2.png", "a/2_tumor.png"]);
    deepEqual(found.masks, ["a/1_tumor.png", "a/2_tumor.png"]);
    deepEqual(found.stems, ["1", "2"]);
    deepEqual(found.kept, { suffix: "_tumor" });
  });

  it("takes pictures with more levels for images, however they are called", async () => {
    own.images("P1.png", "P1_left.png", "P1_right.png");
    const files = ["P1.png", "P1_left.png", "P1_right.png"];
    deepEqual((await find(files)).images, files);
  });

  it("asks where some look like masks and others do not", async () => {
    own.images("1.png", "1_x.png", "2.png");
    own.masks("2_x.png");
    const files = ["1.png", "1_x.png", "2.png", "2_x.png"];
    await rejects(
      find(files),
      /2 pictures are called like another with "_x" behind.*--masks suffix=_x, or --masks none/,
    );
    deepEqual((await find(files, "none")).masks, []);
    deepEqual((await find(files, { suffix: "_x" })).masks, ["1_x.png", "2_x.png"]);
  });

  it("does what is said: a suffix, a prefix, a folder, or none", async () => {
    const files = ["a/1.png", "a/1_mask.png", "o/1.png", "o_1.png"];
    deepEqual((await find(files, "none")).images, files);
    deepEqual((await find(files, { suffix: "_MASK" })).masks, ["a/1_mask.png"]);
    deepEqual((await find(files, { folder: "o" })).masks, ["o/1.png"]);
    deepEqual((await find(files, { prefix: "o_" })).masks, ["o_1.png"]);
    await rejects(
      find(files, { suffix: "_seg" }),
      /Masks were said to be named like their image with "_seg", but no picture is/,
    );
  });

  it("says nothing of masks where there are none", async () => {
    equal((await find(["a/1.png"])).rule, null);
  });
});
