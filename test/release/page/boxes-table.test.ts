import { deepEqual, equal, throws } from "node:assert/strict";

import { readBoxes, writeBoxes, type BoxedImage } from "../../../lib/release/page/boxes-table";

const box = { left: 3, top: 4, width: 50, height: 60 };
const image = (name: string, given: Partial<BoxedImage> = {}): BoxedImage => ({
  ...{ image: name, label: "", patient: "", box: null },
  ...given,
});

describe("writeBoxes(images) and readBoxes(text)", () => {
  it("write the columns that are used, and leave out images of which nothing was said", () => {
    equal(writeBoxes([image("a.png", { box }), image("b.png")]), "image,x,y,width,height\na.png,3,4,50,60\n");
    equal(
      writeBoxes([image("a.png", { box, label: "benign" }), image("b.png", { patient: "7" })]),
      "image,patient,label,x,y,width,height\na.png,,benign,3,4,50,60\nb.png,7,,,,,\n",
    );
    equal(writeBoxes([image("a.png")]).trim(), "image");
  });

  it("give back what was written, names with commas, quotes and formulas too", () => {
    const images = [
      image('one, "two".png', { box, label: "malignant", patient: "=1+1" }),
      image("-x.png", { box: { ...box, left: 0 }, patient: "ä ö" }),
      image("c.png", { label: "normal" }),
    ];
    deepEqual(readBoxes(writeBoxes(images)), images);
    deepEqual(readBoxes(`\uFEFF${writeBoxes(images).replaceAll("\n", "\r\n")}`), images);
  });

  it("refuses another table", () => {
    for (const text of ["", "a,b\n1,2\n", "image,label\na.png,maybe\n", "image,x,y,width,height\na.png,1,2,0,4\n"])
      throws(() => readBoxes(text), /images\.csv|Row 2/);
  });
});
