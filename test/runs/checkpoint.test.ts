import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { createHash } from "node:crypto";

import { createRandom } from "../../lib/runtime/random";
import { decodeState, encodeState } from "../../lib/runs/checkpoint";
import { DamagedFile } from "../../lib/runs/damaged-file";
import type { SavedState, StoredArray } from "../../lib/runs/state";

const state: SavedState = {
  json: { step: 3, ключ: ["ü"], zero: -0 },
  arrays: new Map<string, StoredArray>([
    ["w", { shape: [3, 1], values: new Float32Array([1, NaN, -0]) }],
    ["__proto__", { shape: [2], values: new Int32Array([-1, 2 ** 31 - 1]) }],
    ["", { shape: [0], values: new Float64Array(0) }],
  ]),
};

/** The bytes of a file with this header and data, with a right checksum: what only an attacker makes. */
function forge(header: string, data: Uint8Array = new Uint8Array(0), length?: number, version = 1): Uint8Array {
  const text = Buffer.from(header);
  const start = Buffer.from([0x89, 0x53, 0x4e, 0x43, 0x0d, 0x0a, 0x1a, 0x0a, version, 0, 0, 0, 0, 0, 0, 0]);
  start.writeUInt32LE(length ?? text.length, 12);
  const space = Buffer.alloc((8 - ((start.length + text.length) % 8)) % 8, " ");
  const all = Buffer.concat([start, text, space, data]);
  return Buffer.concat([all, createHash("sha256").update(all).digest()]);
}

describe("encodeState(state) and decodeState(bytes, name)", () => {
  const bytes = encodeState(state);
  const refused = (damaged: Uint8Array) => {
    throws(
      () => decodeState(damaged, "the file"),
      (error) => error instanceof DamagedFile && error.message.startsWith("the file "),
    );
  };

  it("give back the same, to the bit", () => {
    const back = decodeState(bytes, "x");
    deepEqual(back, state);
    const bits = (values: Float32Array) => [...new Uint32Array(values.buffer, values.byteOffset, values.length)];
    deepEqual(bits(back.arrays.get("w")!.values as Float32Array), bits(state.arrays.get("w")!.values as Float32Array));
    deepEqual(encodeState(back), bytes);
  });

  it("keep a NaN's bits, and work on parts of larger buffers", () => {
    const values = new Float32Array(new Uint32Array([7, 0x7fc01234, 9]).buffer, 4, 1);
    const encoded = encodeState({ json: null, arrays: new Map([["n", { shape: [], values }]]) });
    const shifted = new Uint8Array(encoded.length + 3);
    shifted.set(encoded, 3);
    const back = decodeState(shifted.subarray(3), "x").arrays.get("n")!.values;
    equal(new Uint32Array(back.buffer)[0], 0x7fc01234);
    equal(back.buffer.byteLength, 4);
  });

  it("refuse the file cut at every length", () => {
    for (let length = 0; length < bytes.length; length++) refused(bytes.slice(0, length));
  });

  it("refuse 1,000 single bit flips, at least one in every byte", () => {
    const random = createRandom(1);
    for (let flip = 0; flip < Math.max(1000, bytes.length); flip++) {
      const changed = bytes.slice();
      const place = flip < bytes.length ? flip : random.integer(0, bytes.length - 1);
      changed[place]! ^= 1 << random.integer(0, 7);
      refused(changed);
    }
  });

  it("refuse bytes after the end, zeros, and other files", () => {
    for (const extra of [1, 8, 40]) refused(Buffer.concat([bytes, Buffer.alloc(extra)]));
    refused(Buffer.concat([bytes, bytes]));
    refused(new Uint8Array(bytes.length));
    refused(Buffer.from("PK\x03\x04".repeat(100)));
  });

  it("read a file that was made by the format's description alone", () => {
    const header = '{"arrays":[{"name":"a","type":"float64","shape":[1]}],"json":[1]}';
    const made = forge(header, new Uint8Array(new Float64Array([0.1]).buffer));
    deepEqual(decodeState(made, "x"), {
      json: [1],
      arrays: new Map([["a", { shape: [1], values: new Float64Array([0.1]) }]]),
    });
  });

  it("refuse forged headers with a right checksum, and allocate nothing for what they claim", () => {
    const array = (shape: string, name = "a", type = "float32") =>
      `{"name":"${name}","type":"${type}","shape":${shape}}`;
    const before = process.memoryUsage().arrayBuffers;
    const headers = [
      `{"arrays":[${array("[1000000000]")}],"json":1}`,
      `{"arrays":[${array("[9007199254740991,9007199254740991]")}],"json":1}`,
      `{"arrays":[${array("[-1]")}],"json":1}`,
      `{"arrays":[${array("[0.5]")}],"json":1}`,
      `{"arrays":[${array("[1e999]")}],"json":1}`,
      `{"arrays":[${array('["1"]')}],"json":1}`,
      `{"arrays":[${array("[0]")},${array("[0]")}],"json":1}`,
      `{"arrays":[${array("[0]", "a", "constructor")}],"json":1}`,
      `{"arrays":[${array("[0]", "a", "__proto__")}],"json":1}`,
      `{"arrays":[null],"json":1}`,
      `{"arrays":{},"json":1}`,
      `{"arrays":[]}`,
      `{"arrays":[],"json":{"__proto__":{"x":1}}}`,
      `[]`,
      `{`,
      "[".repeat(100_000),
    ];
    for (const header of headers) refused(forge(header));
    refused(forge('{"arrays":[],"json":1}', new Uint8Array(8)));
    refused(forge('{"arrays":[],"json":1}', undefined, 2 ** 32 - 1));
    ok(process.memoryUsage().arrayBuffers - before < 50e6);
  });

  it("say of a newer format that it is newer", () => {
    throws(() => decodeState(forge('{"arrays":[],"json":1}', undefined, undefined, 2), "x"), {
      name: "Problem",
      message: /^x is a checkpoint of format 2, and this version of sononas reads 1\./,
    });
  });

  it("refuse arrays that do not have their shape, and other types", () => {
    const encode = (shape: number[], values: unknown) => () =>
      encodeState({ json: null, arrays: new Map([["k", { shape, values } as StoredArray]]) });
    throws(encode([2, 2], new Float32Array(3)), {
      message: /"k" of the state has 3 numbers and the shape \[2, 2\], expected 4\./,
    });
    throws(encode([-1], new Float32Array(1)), { message: /expected whole sizes from 0/ });
    throws(encode([1], new Uint8Array(1)), { message: /another type than float32, float64, int32/ });
    throws(() => encodeState({ json: { a: NaN }, arrays: new Map() }), { message: /"a" is NaN/ });
  });
});
