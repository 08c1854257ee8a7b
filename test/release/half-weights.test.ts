import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { buildUNet } from "../../lib/graph/u-net";
import { halfOf, numberOf, packHalf, unpackHalf } from "../../lib/release/half-weights";
import { createRandom } from "../../lib/runtime/random";

const graph = buildUNet({ height: 8, width: 8, channels: 1 }, { channels: 2, stages: 2 });

describe("halfOf(value) and numberOf(half)", () => {
  // As IEEE 754-2019 and NumPy's float16 have them.
  const known: readonly (readonly [value: number, bits: number])[] = [
    [0, 0x0000],
    [-0, 0x8000],
    [1, 0x3c00],
    [-2, 0xc000],
    [65_504, 0x7bff],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [1 / 3, 0x3555],
    [2049, 0x6800],
    [2051, 0x6802],
    [1 - 2 ** -12, 0x3c00],
    [2 ** -25, 0x0000],
    [3 * 2 ** -25, 0x0002],
    [2 ** -14 - 2 ** -26, 0x0400],
  ];

  it("give the bits that the standard gives, the even ones of two that are as near", () => {
    for (const [value, bits] of known) equal(halfOf(value), bits, String(value));
  });

  it("give every number of 16 bits back as it is", () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = numberOf(bits);
      if (Number.isFinite(value)) equal(halfOf(value), bits);
    }
    deepEqual([numberOf(0x7c00), numberOf(0xfc00), numberOf(0x7e00)], [Infinity, -Infinity, NaN]);
  });

  it("take the nearest of all numbers of 16 bits", () => {
    const random = createRandom(3);
    for (let round = 0; round < 2000; round++) {
      const value = random.normal() * 2 ** random.integer(-20, 10);
      const [bits, far] = [halfOf(value), Math.abs(numberOf(halfOf(value)) - value)];
      ok(
        far <= Math.abs(numberOf(bits + 1) - value) &&
          (bits % 0x8000 === 0 || far <= Math.abs(numberOf(bits - 1) - value)),
      );
    }
  });
});

describe("packHalf(graph, weights) and unpackHalf(graph, packed)", () => {
  const numbers = (node: string, weight: string) =>
    Float32Array.from({ length: 4000 }, (_, place) => Math.fround(Math.sin(place + node.length + weight.length)));
  const lengthOf = new Map<string, number>();
  const weights = (node: string, weight: string) => {
    const length = unpackHalf(graph, new Uint8Array(packedLength))(node, weight).length;
    lengthOf.set(`${node}/${weight}`, length);
    return numbers(node, weight).subarray(0, length);
  };
  // Kernels of 3 × 3: 1→2, 2→2, 2→4, 4→4, 4→2, and of 1 × 1: 4→2, 2→1; five vectors of 2 or 4 for each normalisation.
  const kernels = 9 * (2 + 4 + 8 + 16 + 8) + 8 + 2;
  const vectors = 4 * (2 + 2 + 4 + 4 + 2 + 2) + 1;
  const packedLength = 2 * kernels + 4 * vectors;

  it("keep kernels to 11 binary digits and all else as it is, in half of the bytes", () => {
    const packed = packHalf(graph, weights);
    equal(packed.length, packedLength);
    const read = unpackHalf(graph, packed);
    for (const key of lengthOf.keys()) {
      const slash = key.lastIndexOf("/");
      const [node, name] = [key.slice(0, slash), key.slice(slash + 1)];
      const [own, given] = [read(node, name), weights(node, name)];
      for (const [place, value] of own.entries())
        if (name === "kernel") ok(Math.abs(value - given[place]!) <= 2 ** -11 * Math.abs(given[place]!) + 2 ** -25);
        else equal(value, given[place]);
    }
  });

  it("refuse what is cut off, and weights that are no numbers or too large", () => {
    throws(() => unpackHalf(graph, packHalf(graph, weights).subarray(1)), { message: /bytes, expected/ });
    for (const wrong of [NaN, Infinity, 7e4])
      throws(() => packHalf(graph, (node, weight) => weights(node, weight).map(() => wrong)), { name: "Problem" });
  });
});
