import { deepEqual, equal, match } from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { classFoldersOf, listClassFolders, stemOf } from "../../../lib/data/sets/class-folders";
import { rectangle, texture, writePicture } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();
const image = (...parts: string[]) => writePicture(join(folder.path, ...parts), texture(1), { width: 4, height: 4 });
const mask = (...parts: string[]) =>
  writePicture(join(folder.path, ...parts), rectangle(1, 1, 2, 2), { width: 4, height: 4 });
const list = (expectsMasks = true) => listClassFolders(folder.path, { ids: "class and name", expectsMasks });
const masksOf = (id: string) =>
  list()
    .records.find((record) => record.id === id)!
    .masks.map((source) => (source.kind === "file" ? basename(source.path) : ""));

describe("classFoldersOf(folders)", () => {
  it("finds the classes in upper and lower case", () => {
    deepEqual(
      [...classFoldersOf(["Malignant", "BENIGN", "other"])],
      [
        ["benign", "BENIGN"],
        ["malignant", "Malignant"],
      ],
    );
  });
});

describe("listClassFolders(folder, options)", () => {
  it("labels images by their folder, with spaces, brackets and letters of any language in their names", () => {
    image("benign", "läsion (1) [a].png");
    image("malignant", "乳腺 2.PNG");
    deepEqual(
      list(false).records.map(({ id, label }) => [id, label]),
      [
        ["benign/läsion (1) [a]", "benign"],
        ["malignant/乳腺 2", "malignant"],
      ],
    );
    deepEqual(list(false).findings, []);
  });

  it("finds masks beside the images, several for one image", () => {
    image("benign", "benign (4).png");
    image("benign", "benign (40).png");
    for (const end of ["_mask", "_mask_1", "_mask_2"]) mask("benign", `benign (4)${end}.png`);
    mask("benign", "benign (40)_mask.png");
    deepEqual(masksOf("benign/benign (4)"), ["benign (4)_mask.png", "benign (4)_mask_1.png", "benign (4)_mask_2.png"]);
    deepEqual(masksOf("benign/benign (40)"), ["benign (40)_mask.png"]);
    equal(list().records.length, 2);
  });

  it("finds masks in a folder of the class", () => {
    image("malignant", "images", "m1.png");
    mask("malignant", "mask", "m1_mask.png");
    mask("malignant", "mask", "m1_mask_1.png");
    image("benign", "images", "b1.png");
    mask("benign", "mask", "b1.png");
    deepEqual(masksOf("malignant/m1"), ["m1_mask.png", "m1_mask_1.png"]);
    deepEqual(masksOf("benign/b1"), ["b1.png"]);
  });

  it("finds masks in a folder beside the classes, with and without classes in it", () => {
    image("benign", "b1.png");
    image("malignant", "m1.png");
    mask("masks", "benign", "b1.png");
    deepEqual(masksOf("benign/b1"), ["b1.png"]);
    mask("masks", "m1.png");
    deepEqual(masksOf("malignant/m1"), ["m1.png"]);
  });

  it("tells of a lesion without a mask, where masks are expected, and not of normal tissue", () => {
    image("benign", "b1.png");
    image("normal", "n1.png");
    deepEqual(
      list().findings.map(({ check, images }) => [check, images]),
      [["missing mask", ["benign/b1"]]],
    );
  });

  it("tells of a mask without an image, of a file that is no picture, and of a folder that it does not know", () => {
    image("benign", "b1.png");
    mask("benign", "b1_mask.png");
    mask("benign", "b2_mask.png");
    mask("masks", "b3.png");
    writeFileSync(join(folder.path, "benign", "Thumbs.db"), "");
    image("benign", "old", "b4.png");
    const found = list().findings.map(({ check, file }) => `${check}: ${file!.replaceAll("\\", "/")}`);
    deepEqual(found.sort(), [
      "file that is not used: benign/Thumbs.db",
      "file that is not used: benign/old/b4.png",
      "mask without an image: benign/b2_mask.png",
      "mask without an image: masks/b3.png",
    ]);
  });

  it("takes a misspelt class for an error, and names a class only by its meaning, never by its letters", () => {
    image("benign", "b1.png");
    image("malignent", "m1.png");
    image("Malign", "m2.png");
    const [foreign, misspelt] = list(false).findings;
    equal(misspelt!.severity, "error");
    match(misspelt!.message, /"malignent" holds 1 pictures, but is no class: expected benign, malignant, normal\.$/);
    match(foreign!.message, /"Malign" holds 1 pictures.*Did you mean "malignant"\?/);
  });

  it("takes two images of one name in a class for an error", () => {
    image("benign", "b1.png");
    image("benign", "b1.jpg");
    const { records, findings } = list(false);
    equal(records.length, 1);
    match(findings[0]!.message, /would have one name, "benign\/b1"/);
  });

  it("gives nothing for an empty folder", () => {
    mkdirSync(join(folder.path, "benign"));
    deepEqual(list().records, []);
  });
});

describe("stemOf(path)", () => {
  it("takes folder and ending off", () => {
    equal(stemOf("/a/b.c/benign (1).png"), "benign (1)");
    equal(stemOf("case001.tumor.png"), "case001.tumor");
  });
});
