import { deepEqual, equal, throws } from "node:assert/strict";

import { checkNumbers, decodeNumbers } from "../../lib/files/matlab-numbers";
import type { MatlabBytes } from "../../lib/files/matlab-tags";

/** A tag and its bytes. */
const source = (type: number, data: Uint8Array, more = 0) => {
  const bytes = Buffer.concat([new Uint8Array(Uint32Array.of(type, data.length).buffer), data, Buffer.alloc(more)]);
  return { bytes, little: true, file: "a.mat" };
};
const doubles = new Uint8Array(Float64Array.of(0.5, -2).buffer);

describe("checkNumbers(source, position, limit, shape)", () => {
  it("accepts the bytes that the lengths ask for, and no others", () => {
    equal(checkNumbers(source(9, doubles), 0, 24, [1, 2]).end, 24);
    for (const shape of [
      [1, 1],
      [1, 3],
      [2 ** 31 - 1, 2 ** 31 - 1],
      [0, 2],
    ]) {
      throws(() => checkNumbers(source(9, doubles), 0, 24, shape), {
        name: "Problem",
        message: /numbers has 16 bytes of 8/,
      });
    }
  });

  it("refuses an unknown type", () => {
    for (const type of [0, 8, 14, 16]) throws(() => checkNumbers(source(type, doubles), 0, 24, [1, 2]), /unknown type/);
  });
});

describe("decodeNumbers(source, tag)", () => {
  const decode = (from: MatlabBytes) => decodeNumbers(from, checkNumbers(from, 0, from.bytes.length, [1, 2]));

  it("turns big-endian numbers into this machine's, and leaves the file's bytes alone", () => {
    const bytes = Buffer.from("00000003000000040001fffe00000000", "hex");
    const big = { bytes, little: false, file: "" };
    deepEqual(decodeNumbers(big, checkNumbers(big, 0, 16, [1, 2])), Int16Array.of(1, -2));
    equal(bytes.toString("hex"), "00000003000000040001fffe00000000");
  });

  it("copies a small part, and shares most of a file", () => {
    const small = source(9, doubles, 100);
    deepEqual(decode(small), Float64Array.of(0.5, -2));
    equal(decode(small).buffer.byteLength, 16);
    const most = { ...source(9, doubles), bytes: Uint8Array.from(source(9, doubles).bytes) };
    equal(decode(most).buffer, most.bytes.buffer);
  });
});
