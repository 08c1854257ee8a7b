import { deepEqual, doesNotThrow, equal, match, throws } from "node:assert/strict";

import { acceptImages, requireClasses } from "../../../lib/data/own/accept-images";
import { describeImages } from "../../../lib/data/own/describe-images";
import { placeImages } from "../../../lib/data/own/place-images";
import type { Fates } from "../../../lib/data/own/sort-files";
import type { Finding } from "../../../lib/data/records/finding";

const describeFiles = (...files: string[]) => {
  const placed = placeImages(
    files.map((file) => ({ path: file, parts: file.split("/") })),
    { out: "excluded" },
  );
  return describeImages(placed, null, { values: {}, patientOf: () => undefined }).images;
};

describe("acceptImages(described, told, fates, findings)", () => {
  it("takes images with a class and a name of their own, and tells of all others", () => {
    const fates: Fates = new Map();
    const findings: Finding[] = [];
    const files = [
      "benign/1.png",
      "benign/1.jpg",
      "malignant/2.png",
      "x/3.png",
      "x/4.png",
      "5.png",
      "out/6.png",
      "benign/malignant/7.png",
    ];
    const accepted = acceptImages(describeFiles(...files), new Set(), fates, findings);
    deepEqual(
      accepted.map(({ placed }) => placed.id),
      ["benign/1", "malignant/2"],
    );
    deepEqual(
      files.map((file) => fates.get(file)!.kind),
      ["image", "refused", "image", "refused", "refused", "refused", "left out", "refused"],
    );
    deepEqual(findings.map(({ check }) => check).sort(), [
      "image in two classes",
      "label that is none",
      "label that is none",
      "two images of one name",
    ]);
    match(findings.find(({ file }) => file === "")!.message, /^5\.png lies? in no folder of a class|^5\.png lie/);
  });

  it("does not tell twice", () => {
    const findings: Finding[] = [];
    acceptImages(describeFiles("benign/1.png", "x/3.png"), new Set(["x/3"]), new Map(), findings);
    equal(findings.length, 0);
  });
});

describe("requireClasses(folder, images, placed, table)", () => {
  it("asks what folders mean where none is a class", () => {
    const images = describeFiles("p1/1.png", "p2/1.png");
    throws(() => {
      requireClasses(
        "F",
        [],
        images.map(({ placed }) => placed),
        null,
      );
    }, /F: nothing says what the 2 images show\. The folders are called p1, p2\..*--value benign=NAME/);
    doesNotThrow(() => {
      requireClasses("F", [], [], null);
    });
  });
});
