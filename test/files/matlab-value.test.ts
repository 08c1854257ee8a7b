import { deepEqual, equal, throws } from "node:assert/strict";

import { describeValue, numberOf, textOf, type MatlabValue } from "../../lib/files/matlab-value";

const one: MatlabValue = { kind: "numbers", shape: [1, 1], className: "int64", data: BigInt64Array.of(7n) };
const two: MatlabValue = { kind: "numbers", shape: [1, 2], className: "double", data: Float64Array.of(1, 2) };
const text: MatlabValue = { kind: "text", shape: [1, 2], rows: ["ab"] };
const structs: MatlabValue = { kind: "structs", shape: [1, 3], count: 3, fields: ["id", "class"], read: () => one };
const cells: MatlabValue = { kind: "cells", shape: [2, 1], count: 2, read: () => one };

describe("numberOf(value, name) and textOf(value, name)", () => {
  it("take a value as what it is", () => {
    equal(numberOf(one, "x"), 7);
    equal(textOf(text, "x"), "ab");
    equal(textOf({ kind: "text", shape: [0, 0], rows: [] }, "x"), "");
  });

  it("name it where it is something else", () => {
    throws(() => numberOf(two, "a.mat: x"), {
      name: "Problem",
      message: /^a\.mat: x is double \[1, 2\], expected one number/,
    });
    throws(() => numberOf({ ...one, imaginary: BigInt64Array.of(1n) }, "x"), /x is complex int64 \[1, 1\]/);
    throws(() => numberOf(text, "x"), /x is a text \[1, 2\]/);
    throws(() => textOf(one, "x"), { name: "Problem", message: /x is int64 \[1, 1\], expected one text/ });
    throws(() => textOf({ kind: "text", shape: [2, 1], rows: ["a", "b"] }, "x"), /x is a text \[2, 1\]/);
  });
});

describe("describeValue(value)", () => {
  it("says what it is", () => {
    deepEqual([structs, cells].map(describeValue), ["a struct array [1, 3] of id, class", "a cell array [2, 1]"]);
  });
});
