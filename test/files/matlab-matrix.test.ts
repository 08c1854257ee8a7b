import { deepEqual, equal, throws } from "node:assert/strict";

import { parseMatrix } from "../../lib/files/matlab-matrix";

const words = (...values: number[]) => Buffer.from(Uint32Array.from(values).buffer);

/** An array of a class with its lengths, name and contents. */
function matrix(classNumber: number, shape: readonly number[], ...parts: Uint8Array[]): Buffer {
  const lengths = Buffer.concat([words(5, 4 * shape.length), words(...shape, ...(shape.length % 2 ? [0] : []))]);
  const body = Buffer.concat([words(6, 8, classNumber, 0), lengths, words(1, 0), ...parts]);
  return Buffer.concat([words(14, body.length), body]);
}
const parse = (bytes: Uint8Array) => parseMatrix({ bytes, little: true, file: "a.mat" }, 0);
const seven = matrix(6, [1, 1], words((1 << 16) | 2, 7));

describe("parseMatrix(source, position, limit, nesting)", () => {
  it("gives a matrix, its name, and where the next one is", () => {
    const { matrix: found, next } = parse(Buffer.concat([seven, seven]));
    deepEqual([found.name, next], ["", seven.length]);
    deepEqual(found.decode(), { kind: "numbers", shape: [1, 1], className: "double", data: Uint8Array.of(7) });
  });

  it("checks all that is inside before anything is decoded", () => {
    const broken = Buffer.from(seven);
    broken[broken.length - 8] = 99;
    throws(() => parse(matrix(1, [1, 2], seven, broken)), { name: "Problem", message: /unknown type 99/ });
    throws(() => parse(matrix(1, [1, 3], seven, seven)), /it ends too early/);
    throws(() => parse(matrix(1, [2 ** 31 - 1, 2 ** 31 - 1], seven)), /it ends too early/);
  });

  it("reads cells in cells, but not without end", () => {
    let cells = seven;
    for (let depth = 0; depth < 64; depth++) cells = matrix(1, [1, 1], cells);
    equal(parse(cells).matrix.decode().kind, "cells");
    throws(() => parse(matrix(1, [1, 1], cells)), /nested deeper than 64/);
  });

  it("does not take millions of empty values", () => {
    const empty = Buffer.alloc(8 * 1_000_001);
    for (let at = 0; at < empty.length; at += 8) empty[at] = 14;
    throws(() => parse(matrix(1, [1, 1_000_001], empty)), /has more than 1000000 values/);
  });

  it("reads structs without fields, and refuses names that cannot be", () => {
    const none = parse(matrix(2, [1, 1e9], words((4 << 16) | 5, 32), words(1, 0))).matrix.decode();
    deepEqual([none.kind, none.kind === "structs" && none.fields], ["structs", []]);
    for (const length of [0, 3, 0xffffffff]) {
      throws(
        () => parse(matrix(2, [1, 1], words((4 << 16) | 5, length), words((4 << 16) | 1, 0x61616161))),
        /names of fields/,
      );
    }
  });

  it("reads an empty text of a thousand million rows", () => {
    deepEqual(parse(matrix(4, [1e9, 0], words(16, 0))).matrix.decode(), { kind: "text", shape: [1e9, 0], rows: [] });
  });

  it("refuses lengths, flags and classes that cannot be", () => {
    throws(() => parse(matrix(6, [1, 0xffffffff], words(9, 0))), /an array has the lengths \[1, -1\]/);
    throws(() => parse(matrix(99, [1, 1], words(9, 0))), /unknown class 99/);
    throws(() => parse(matrix(6, [], words(9, 0))), /lengths of an array cannot be read/);
    throws(() => parse(words(14, 8, 6, 0)), /flags of an array are too short/);
    throws(() => parse(words(9, 8, 0, 0)), /a value is of type 9, expected an array/);
  });
});
