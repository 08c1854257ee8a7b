import { deepEqual, equal } from "node:assert/strict";

import { findPatientFolders, folderMeanings, numberFolders, placeImages } from "../../../lib/data/own/place-images";

const place = (files: readonly string[], values = {}) =>
  placeImages(
    files.map((file) => ({ path: file, parts: file.split("/") })),
    values,
  );
const read = (files: readonly string[], values = {}) => place(files, values).map(({ id, meaning }) => [id, meaning]);

describe("folderMeanings(images, values)", () => {
  it("takes words as they were said, usual names, and codes only where all beside them are codes", () => {
    const paths = ["b/1/x.png", "m/2/y.png", "krebs fall/z.png"].map((path) => path.split("/"));
    const images = paths.map((parts) => ({ parts }));
    const alone = folderMeanings(images.slice(0, 2), {});
    deepEqual([alone(paths[0]!, 0), alone(paths[1]!, 0), alone(paths[0]!, 1)], ["benign", "malignant", null]);
    const said = folderMeanings(images, { Krebs_Fall: "malignant" });
    deepEqual([said(paths[0]!, 0), said(paths[2]!, 0)], [null, "malignant"]);
  });
});

describe("placeImages(images, values)", () => {
  it("reads classes under their usual names, at any depth, and leaves out what all images share", () => {
    deepEqual(read(["study/Benign/images/1.png", "study/Malign/2.png"]), [
      ["benign/1", "benign"],
      ["malignant/2", "malignant"],
    ]);
    deepEqual(read(["B/1.png", "M/2.png"]), [
      ["benign/1", "benign"],
      ["malignant/2", "malignant"],
    ]);
    deepEqual(read(["P1/gutartig/1.png", "P2/bösartig/1.png"]), [
      ["benign/P1/1", "benign"],
      ["malignant/P2/1", "malignant"],
    ]);
  });

  it("takes no patient for a class", () => {
    deepEqual(read(["0/1.png", "1/1.png", "2/1.png"]), [
      ["0/1", null],
      ["1/1", null],
      ["2/1", null],
    ]);
  });

  it("takes words as they were said", () => {
    deepEqual(read(["a/1.png", "b/1.png", "old/1.png"], { A: "benign", b: "malignant", old: "excluded" }), [
      ["benign/1", "benign"],
      ["malignant/1", "malignant"],
      ["excluded/1", "excluded"],
    ]);
  });

  it("says where two folders contradict each other", () => {
    equal(place(["benign/malignant/1.png", "benign/2.png"])[0]!.meaning, "several");
  });
});

describe("numberFolders(placed, values)", () => {
  it("names folders called 0 and 1, until they were said", () => {
    const files = ["0/1.png", "1/1.png"];
    deepEqual(numberFolders(place(files), {}), ["0", "1"]);
    deepEqual(numberFolders(place(files, { 0: "malignant", 1: "benign" }), { 0: "malignant", 1: "benign" }), []);
  });
});

describe("findPatientFolders(placed)", () => {
  it("takes one level of three folders or more for patients", () => {
    const files = ["benign/P1/1.png", "benign/P2/1.png", "malignant/P3/1.png"];
    deepEqual(findPatientFolders(place(files)), { kind: "level", level: 1 });
    deepEqual(findPatientFolders(place(["benign/train/P1/1.png", "benign/test/P2/1.png", "malignant/test/P3/1.png"])), {
      kind: "level",
      level: 1,
    });
  });

  it("does not know where there are two folders, or two levels", () => {
    equal(findPatientFolders(place(["benign/A/1.png", "malignant/B/1.png"])).kind, "unclear");
    equal(findPatientFolders(place(["benign/A/x/1.png", "benign/B/y/1.png", "malignant/C/z/1.png"])).kind, "unclear");
  });

  it("finds none where an image lies in none", () => {
    equal(findPatientFolders(place(["benign/1.png", "benign/old/2.png", "malignant/3.png"])).kind, "none");
    equal(findPatientFolders([]).kind, "none");
  });
});
