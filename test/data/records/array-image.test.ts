import { deepEqual, equal, rejects } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { openArchive, readArrayImage } from "../../../lib/data/records/array-image";
import { makeNumpyArchive } from "../../helpers/numpy";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();
const path = () => join(folder.path, "set.npz");
const write = (shape: number[], data: number[]) => {
  writeFileSync(path(), makeNumpyArchive({ images: { shape, data } }));
};
const read = (index: number, array = "images") => readArrayImage({ kind: "array", path: path(), array, index });

describe("readArrayImage(source)", () => {
  it("takes one image out of an array, gray", async () => {
    write([2, 2, 3], [0, 1, 2, 3, 4, 5, 10, 20, 30, 40, 50, 255]);
    const { width, height, pixels } = await read(1);
    deepEqual([width, height, [...pixels].map((level) => Math.round(level * 255))], [3, 2, [10, 20, 30, 40, 50, 255]]);
  });

  it("weighs colours by their luminance", async () => {
    write([1, 1, 2, 3], [255, 0, 0, 7, 7, 7]);
    deepEqual(
      [...(await read(0)).pixels].map((level) => Math.round(level * 255)),
      [76, 7],
    );
  });

  it("refuses an image, an array or a file that is not there, and an array of another form", async () => {
    write([2, 2, 3], new Array<number>(12).fill(0));
    await rejects(read(2), /"images" has 2 images, number 2 was asked for/);
    await rejects(read(0, "labels"), /has no array "labels"/);
    await rejects(
      readArrayImage({ kind: "array", path: join(folder.path, "none.npz"), array: "a", index: 0 }),
      /none\.npz is missing/,
    );
    write([6, 2], new Array<number>(12).fill(0));
    await rejects(read(0), /is uint8 \[6, 2\], expected uint8 \[images, height, width\]/);
  });
});

describe("openArchive(path)", () => {
  it("reads a file once, and again when it has changed", async () => {
    write([1, 1, 1], [5]);
    const first = await openArchive(path());
    equal(await openArchive(path()), first);
    await new Promise((resolve) => setTimeout(resolve, 20));
    write([1, 1, 1], [6]);
    equal((await read(0)).pixels[0], Math.fround(6 / 255));
  });
});
