import { deepEqual, equal, notEqual, throws } from "node:assert/strict";

import { decode, encode, hashArchitecture } from "../../lib/space/encode";
import { sampleArchitecture } from "../../lib/space/sample";
import { createRandom } from "../../lib/runtime/random";

describe("encode(architecture) and decode(space, numbers)", () => {
  it("undo each other, in both spaces and at every size", () => {
    const random = createRandom(1);
    for (let size = 1; size <= 7; size++) {
      for (const space of [
        { space: "micro", nodes: size },
        { space: "macro", layers: size },
      ] as const) {
        const architecture = sampleArchitecture(space, random);
        deepEqual(decode(space.space, encode(architecture)), architecture);
        deepEqual(decode(space.space, encode(architecture).join(" ")), architecture);
      }
    }
  });

  it("read the order of the published string: input, operation, input, operation", () => {
    const architecture = decode("micro", "0 2 1 0  1,3,0,4");
    deepEqual(architecture, {
      space: "micro",
      normal: [{ x: { input: 0, operation: "average pool 3×3" }, y: { input: 1, operation: "separable 3×3" } }],
      reduction: [{ x: { input: 1, operation: "max pool 3×3" }, y: { input: 0, operation: "identity" } }],
    });
  });

  it("write as many numbers as the spaces have decisions: 40 for five nodes, 78 for twelve layers", () => {
    const random = createRandom(2);
    equal(encode(sampleArchitecture({ space: "micro", nodes: 5 }, random)).length, 40);
    equal(encode(sampleArchitecture({ space: "macro", layers: 12 }, random)).length, 12 + (12 * 11) / 2);
  });

  it("refuse a wrong length, an operation and an input that are none, and words", () => {
    throws(() => decode("micro", [0, 0, 0, 0]), /has 4 numbers, expected 8 for each node/);
    throws(() => decode("micro", ""), /has 0 numbers/);
    throws(
      () => decode("micro", "0 5 0 0 0 0 0 0"),
      /Number 1 of an architecture, an operation, is 5, expected 0 to 4/,
    );
    throws(() => decode("micro", "0 0 2 0 0 0 0 0"), /side y of node 2 in the normal cell is 2, expected 0 to 1/);
    throws(() => decode("micro", "0 0 0 0 0 0 0 x"), /holds "x"/);
    throws(() => decode("macro", "0 1"), /layer 1 has 0 of its 1 skip connections/);
    throws(() => decode("macro", "0 1 2"), /skip connection 0 of layer 1, is 2, expected 0 or 1/);
    throws(() => decode("macro", "6"), /is 6, expected 0 to 5/);
  });
});

describe("hashArchitecture(architecture)", () => {
  it("is the same for the same architecture, and differs with any number and with the space", () => {
    const first = decode("micro", "0 2 1 0 1 3 0 4");
    equal(hashArchitecture(first), hashArchitecture(decode("micro", encode(first))));
    notEqual(hashArchitecture(first), hashArchitecture(decode("micro", "0 2 1 0 1 3 0 3")));
    // SHA-256 of "macro 0 1 1", by sha256sum.
    equal(
      hashArchitecture(decode("macro", "0 1 1")),
      "2efc66d507855faf6df3fe1aabb690e755c040e45f99cd133fbdd17e5a555bfe",
    );
  });
});
