import { deepEqual, equal, notEqual, throws } from "node:assert/strict";

import { decode, encode, hashArchitecture } from "../../lib/space/encode";
import { sampleArchitecture } from "../../lib/space/sample";
import { createRandom } from "../../lib/runtime/random";
import { macroSpace, microSpace, shapeSpace, readMacro, readMicro } from "../helpers/spaces";

describe("encode(space, architecture) and decode(space, numbers)", () => {
  it("undo each other, in all spaces and at every size", () => {
    const random = createRandom(1);
    for (let size = 1; size <= 7; size++) {
      for (const space of [microSpace(size), macroSpace(size), shapeSpace()] as const) {
        const architecture = sampleArchitecture(space, random);
        deepEqual(decode(space, encode(space, architecture)), architecture);
        deepEqual(decode(space, encode(space, architecture).join(" ")), architecture);
      }
    }
  });

  it("read the order of the published string: input, operation, input, operation", () => {
    const architecture = readMicro("0 2 1 0  1,3,0,4");
    deepEqual(architecture, {
      kind: "micro",
      normal: [{ x: { input: 0, operation: "average pool 3×3" }, y: { input: 1, operation: "separable 3×3" } }],
      reduction: [{ x: { input: 1, operation: "max pool 3×3" }, y: { input: 0, operation: "identity" } }],
    });
  });

  it("write as many numbers as the spaces have decisions: 40 for five nodes, 78 for twelve layers, 22 in the shape space", () => {
    const random = createRandom(2);
    equal(encode(microSpace(5), sampleArchitecture(microSpace(5), random)).length, 40);
    equal(encode(shapeSpace(), sampleArchitecture(shapeSpace(), random)).length, 22);
    equal(encode(macroSpace(12), sampleArchitecture(macroSpace(12), random)).length, 12 + (12 * 11) / 2);
  });

  it("refuse a wrong length, an operation and an input that are none, and words", () => {
    throws(
      () => decode(microSpace(1), [0, 0, 0, 0]),
      /has 4 numbers, expected 8 for the micro space with cells of 1 node: one for each decision/,
    );
    throws(() => decode(macroSpace(2), ""), /has 0 numbers, expected 3/);
    throws(
      () => readMicro("0 5 0 0 0 0 0 0"),
      /Number 1 of an architecture, the operation of side x of node 2 in the normal cell, is 5, expected 0 to 4.*4 identity/s,
    );
    throws(
      () => readMicro("0 0 2 0 0 0 0 0"),
      /Number 2 .* input of side y of node 2 in the normal cell, is 2, expected 0 to 1/,
    );
    throws(() => readMicro("0 0 0 0 0 0 0 x"), /holds "x"/);
    throws(() => readMacro("0 1 2"), /the skip connection of layer 1 from stem, is 2, expected 0 to 1.*1 stem/s);
    throws(() => readMacro("6"), /is 6, expected 0 to 5/);
    for (const number of [-1, 0.5, NaN]) throws(() => decode(macroSpace(1), [number]), /expected 0 to 5/);
  });

  it("count places in the space's own list of operations, whatever its order and length", () => {
    const space = { kind: "micro", nodes: 1, operations: ["identity", "max pool 3×3", "separable 5×5"] } as const;
    const architecture = decode(space, "0 2 1 0  1 1 0 2");
    deepEqual(architecture, readMicro("0 1 1 4  1 3 0 1"));
    deepEqual(encode(space, architecture), [0, 2, 1, 0, 1, 1, 0, 2]);
    const random = createRandom(3);
    for (let index = 0; index < 50; index++) {
      const drawn = sampleArchitecture(space, random);
      deepEqual(decode(space, encode(space, drawn)), drawn);
    }
  });

  it("refuse an architecture of another kind, of another size, and one with an operation that the space has not", () => {
    const pools = { kind: "micro", nodes: 1, operations: ["max pool 3×3", "average pool 3×3"] } as const;
    throws(
      () => encode(microSpace(2), readMicro("0 2 1 0 1 3 0 4")),
      /of the micro space with cells of 1 node was given, expected one of the micro space with cells of 2/,
    );
    throws(() => encode(macroSpace(1), readMicro("0 2 1 0 1 3 0 4")), /expected one of the macro space with 1/);
    throws(
      () => encode(pools, readMicro("0 2 1 0 1 3 0 3")),
      /The operation of side y of node 2 in the normal cell is separable 3×3, which the space does not have/,
    );
  });

  it("read whole words alone, whatever stands around them", () => {
    const numbers = "0 2 1 0 1 3 0 4";
    deepEqual(decode(microSpace(1), `  0,2 ,  1 0\n1 3  0 4 `), decode(microSpace(1), numbers));
    for (const word of ["2x", "x2", "-2", "2.0"])
      throws(() => decode(microSpace(1), numbers.replace("2", word)), {
        message: new RegExp(`holds "${word}", expected whole`),
      });
    throws(() => decode(microSpace(1), numbers.replace("2", "12")), /is 12, expected 0 to 4/);
  });
});

describe("hashArchitecture(architecture)", () => {
  it("is the same for the same architecture, and differs with any number and with the space", () => {
    const first = readMicro("0 2 1 0 1 3 0 4");
    equal(hashArchitecture(first), hashArchitecture(decode(microSpace(1), encode(microSpace(1), first))));
    notEqual(hashArchitecture(first), hashArchitecture(readMicro("0 2 1 0 1 3 0 3")));
    // SHA-256 of "macro 0 1 1", by sha256sum.
    equal(hashArchitecture(readMacro("0 1 1")), "2efc66d507855faf6df3fe1aabb690e755c040e45f99cd133fbdd17e5a555bfe");
  });

  it("does not depend on which operations a space has", () => {
    const space = { kind: "macro", layers: 2, operations: ["separable 3×3", "convolution 3×3"] } as const;
    equal(hashArchitecture(decode(space, "1 0 1")), hashArchitecture(readMacro("0 1 1")));
  });
});
