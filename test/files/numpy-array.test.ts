import { deepEqual, throws } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parseNumpyArray, swapBytes } from "../../lib/files/numpy-array";

/** Writes a file of version 1 by hand. */
function makeNpy(header: string, data: Uint8Array = new Uint8Array(0), version = 1): Buffer {
  const long = version > 1;
  const head = Buffer.alloc(long ? 12 : 10);
  head.write("\x93NUMPY", 0, "latin1");
  head[6] = version;
  if (long) head.writeUInt32LE(header.length, 8);
  else head.writeUInt16LE(header.length, 8);
  return Buffer.concat([head, Buffer.from(header, "latin1"), data]);
}

const header = (descr: string, shape: string, order = "False") =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape}), }\n`;

describe("parseNumpyArray(bytes, name)", () => {
  it("reads the three versions that NumPy writes", () => {
    for (const version of [1, 2, 3]) {
      const bytes = readFileSync(join(__dirname, "fixtures", `version-${version}.npy`));
      deepEqual(parseNumpyArray(bytes, "x"), { shape: [1, 2], dtype: "float32", data: Float32Array.of(1.5, -2) });
    }
  });

  it("reads headers as other programs write them", () => {
    const data = Uint8Array.of(1, 0, 2, 0);
    const expected = { shape: [2], dtype: "int16", data: Int16Array.of(1, 2) };
    for (const text of [
      header("<i2", "2,"),
      "{'shape': (2L,), 'fortran_order': False, 'descr': '<i2'}",
      '{"descr":"<i2","fortran_order":False,"shape":(2,)}',
      "{'descr':'=i2','fortran_order':True,'shape':( 2 )}     \n",
    ]) {
      deepEqual(parseNumpyArray(makeNpy(text, data), "x"), expected);
    }
  });

  it("reads numbers that lie at any place in memory", () => {
    const bytes = makeNpy(header("<f8", "2,"), new Uint8Array(Float64Array.of(0.1, -1).buffer));
    for (let shift = 0; shift < 8; shift++) {
      const shifted = Buffer.concat([Buffer.alloc(shift), bytes]).subarray(shift);
      deepEqual(parseNumpyArray(shifted, "x").data, Float64Array.of(0.1, -1));
    }
  });

  it("turns Fortran order into C order, by the definition of both", () => {
    const shape = [2, 3, 4, 5];
    const fortran = new Uint8Array(120);
    const expected = new Uint8Array(120);
    for (let index = 0; index < 120; index++) {
      // The four indices of element `index` in C order.
      const [a, b, c, d] = [Math.floor(index / 60), Math.floor(index / 20) % 3, Math.floor(index / 5) % 4, index % 5];
      expected[index] = index;
      fortran[a + 2 * (b + 3 * (c + 4 * d))] = index;
    }
    const array = parseNumpyArray(makeNpy(header("|u1", "2, 3, 4, 5", "True"), fortran), "x");
    deepEqual(array, { shape, dtype: "uint8", data: expected });
    deepEqual(parseNumpyArray(makeNpy(header("|u1", "0, 3", "True")), "x").data, new Uint8Array(0));
  });

  it("refuses a length that is not the one its header states, before it takes memory for it", () => {
    const data = new Uint8Array(10);
    for (const shape of [
      "11,",
      "9,",
      "40000000000,",
      "200000, 200000",
      "9007199254740993,",
      "9999999999999999, 9999999",
    ]) {
      throws(() => parseNumpyArray(makeNpy(header("|u1", shape), data), "x"), {
        name: "Problem",
        message: /^x is not a whole NumPy array: its header states /,
      });
    }
  });

  it("refuses what is not read, and says what it is", () => {
    const what: Record<string, RegExp> = {
      "|O": /x holds Python objects, which only Python can read and which may run code, expected/,
      "<U6": /holds texts/,
      "|S6": /holds texts/,
      "<c16": /holds complex numbers/,
      "<f2": /holds numbers of an unusual size/,
      "<f16": /holds numbers of an unusual size/,
      "<M8[D]": /holds dates/,
      "|V8": /holds records/,
      "<x4": /unknown type "<x4"/,
      i4: /holds|unknown type/,
      "<constructor": /unknown type|holds/,
    };
    for (const [descr, message] of Object.entries(what)) {
      throws(() => parseNumpyArray(makeNpy(header(descr, "1,"), new Uint8Array(16)), "x"), {
        name: "Problem",
        message,
      });
    }
    const record = "{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,), }";
    throws(() => parseNumpyArray(makeNpy(record, new Uint8Array(4)), "x"), /x holds records/);
  });

  it("refuses a damaged header", () => {
    for (const text of [
      "",
      "{}",
      header("<i4", "-1,"),
      header("<i4", "1.5,"),
      header("<i4", "a"),
      header("<i4", "1,,1"),
      header("|u1", "1,".repeat(33)),
    ]) {
      throws(() => parseNumpyArray(makeNpy(text), "x"), {
        name: "Problem",
        message: /not a whole NumPy array: its header/,
      });
    }
    throws(() => parseNumpyArray(makeNpy(header("|u1", "0,"), new Uint8Array(0), 4), "x"), /has version 4/);
    const whole = makeNpy(header("|u1", "2,"), Uint8Array.of(1, 2));
    for (let length = 0; length < whole.length; length++) {
      throws(() => parseNumpyArray(whole.subarray(0, length), "x"), { name: "Problem" });
    }
    whole[0] = 0;
    throws(() => parseNumpyArray(whole, "x"), /does not begin with "\\x93NUMPY"/);
  });
});

describe("swapBytes(bytes, size)", () => {
  it("turns each element around, in place", () => {
    for (const [size, expected] of [
      [1, [1, 2, 3, 4, 5, 6, 7, 8]],
      [2, [2, 1, 4, 3, 6, 5, 8, 7]],
      [4, [4, 3, 2, 1, 8, 7, 6, 5]],
      [8, [8, 7, 6, 5, 4, 3, 2, 1]],
    ] as const) {
      const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
      swapBytes(bytes, size);
      deepEqual([...bytes], expected);
    }
    swapBytes(new Uint8Array(0), 8);
  });
});
