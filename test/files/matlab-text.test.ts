import { deepEqual, throws } from "node:assert/strict";

import { decodeCharacters } from "../../lib/files/matlab-text";

const decode = (type: number, bytes: Uint8Array, count: number, little = true) =>
  decodeCharacters({ bytes, little, file: "a.mat" }, { type, start: 0, end: bytes.length, next: bytes.length }, count);

describe("decodeCharacters(source, tag, count)", () => {
  it("reads every type in which texts are stored", () => {
    const expected = ["a", "ü"];
    deepEqual(decode(16, Buffer.from("aü"), 2), expected);
    deepEqual(decode(17, Buffer.from("aü", "utf16le"), 2), expected);
    deepEqual(decode(4, Buffer.from("aü", "utf16le"), 2), expected);
    deepEqual(decode(17, Buffer.from("aü", "utf16le").swap16(), 2, false), expected);
    deepEqual(decode(18, new Uint8Array(Uint32Array.of(0x61, 0xfc).buffer), 2), expected);
    deepEqual(decode(2, Buffer.from("aü", "latin1"), 2), expected);
    deepEqual(decode(1, new Uint8Array(0), 0), []);
  });

  it("takes a character beyond 16 bits as one or as two", () => {
    deepEqual(decode(16, Buffer.from("a😀"), 2), ["a", "😀"]);
    deepEqual(decode(17, Buffer.from("a😀", "utf16le"), 3).join(""), "a😀");
  });

  it("refuses another count, half a character, and another type", () => {
    throws(() => decode(16, Buffer.from("abc"), 2), { name: "Problem", message: /a text of 2 characters has 3/ });
    throws(() => decode(17, Uint8Array.of(1), 1), /ends inside of a character/);
    throws(() => decode(9, new Uint8Array(8), 1), /unknown type 9/);
  });

  it("reads any number of 32 bits as some character", () => {
    decode(18, Uint8Array.of(255, 255, 255, 255), 1);
  });
});
