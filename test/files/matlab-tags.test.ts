import { deepEqual, equal, throws } from "node:assert/strict";

import { countOf, damaged, nameOfMatrix, tagAt, textAt, wordAt } from "../../lib/files/matlab-tags";

/** Eight-byte tags and data as words of 32 bits. */
const words = (...values: number[]) => ({
  bytes: new Uint8Array(Uint32Array.from(values).buffer),
  little: true,
  file: "a.mat",
});

describe("tagAt(source, position, limit)", () => {
  it("reads a tag with its bytes after it, up to the next multiple of eight", () => {
    deepEqual(tagAt(words(9, 12, 0, 0, 0, 0, 1, 0), 0, 32), { type: 9, start: 8, end: 20, next: 24 });
    // Writers may leave out what fills up at the very end.
    deepEqual(tagAt(words(9, 4, 0), 0, 12), { type: 9, start: 8, end: 12, next: 12 });
  });

  it("reads a tag with its bytes in it", () => {
    deepEqual(tagAt(words((3 << 16) | 1, 0x636261), 0, 8), { type: 1, start: 4, end: 7, next: 8 });
    equal(textAt(words((3 << 16) | 1, 0x636261), 4, 7), "abc");
  });

  it("reads big-endian ones", () => {
    const bytes = Buffer.from("000000090000000800000000000000000003000161626300", "hex");
    deepEqual(tagAt({ bytes, little: false, file: "" }, 0, 24), { type: 9, start: 8, end: 16, next: 16 });
    deepEqual(tagAt({ bytes, little: false, file: "" }, 16, 24), { type: 1, start: 20, end: 23, next: 24 });
    equal(wordAt({ bytes, little: false, file: "" }, 4), 8);
  });

  it("refuses one that leads out", () => {
    throws(() => tagAt(words(9, 8), 0, 8), {
      name: "Problem",
      message: /^a\.mat is not a whole MATLAB file: a part of it/,
    });
    throws(() => tagAt(words(9, 0xffffffff), 0, 8), /longer than the whole/);
    throws(() => tagAt(words((5 << 16) | 1, 0), 0, 8), /longer than the whole/);
    throws(() => tagAt(words(9, 0), 4, 8), /it ends too early/);
  });
});

describe("nameOfMatrix(source)", () => {
  it("reads the name, however long the matrix is", () => {
    equal(nameOfMatrix(words(14, 4e9, 6, 8, 6, 0, 5, 8, 1, 1, (3 << 16) | 1, 0x636261)), "abc");
  });

  it("refuses what is no matrix", () => {
    throws(() => nameOfMatrix(words(9, 8, 0, 0)), /a variable is not an array/);
    throws(() => nameOfMatrix(words(14, 8)), /it ends too early/);
    throws(() => nameOfMatrix(words()), /not an array/);
  });
});

describe("countOf(shape) and damaged(source, why)", () => {
  it("count elements, and name the file", () => {
    deepEqual([[], [3], [2, 3, 4], [0, 5]].map(countOf), [1, 3, 24, 0]);
    equal(damaged({ file: "a.mat" }, "it is odd").what, "a.mat is not a whole MATLAB file: it is odd.");
  });
});
