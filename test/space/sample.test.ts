import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { checkArchitecture } from "../../lib/space/architecture";
import { encode } from "../../lib/space/encode";
import type { Space } from "../../lib/space/kinds";
import type { MicroArchitecture } from "../../lib/space/micro/architecture";
import { mutateArchitecture, sampleArchitecture } from "../../lib/space/sample";
import { createRandom } from "../../lib/runtime/random";
import { macroSpace, microSpace, shapeSpace } from "../helpers/spaces";

const spaces: Space[] = [microSpace(1), microSpace(5), macroSpace(1), macroSpace(8), shapeSpace()];

describe("sampleArchitecture(space, random)", () => {
  it("draws architectures of the space, the same for the same seed", () => {
    const draw = (seed: number) => sampleArchitecture(microSpace(5), createRandom(seed));
    deepEqual(draw(1), draw(1));
    const random = createRandom(3);
    for (let index = 0; index < 200; index++) {
      checkArchitecture(sampleArchitecture(microSpace(4), random));
      checkArchitecture(sampleArchitecture(macroSpace(6), random));
    }
  });

  it("draws every choice of every decision equally often", () => {
    const random = createRandom(4);
    const draws = 6000;
    const counts = new Map<string, number>();
    for (let index = 0; index < draws; index++) {
      const { normal } = sampleArchitecture(microSpace(3), random) as MicroArchitecture;
      const { input, operation } = normal[2]!.y;
      for (const choice of [`input ${input}`, operation]) counts.set(choice, (counts.get(choice) ?? 0) + 1);
    }
    // Four inputs and five operations; five standard deviations of a binomial count.
    for (const [choice, count] of counts) {
      const share = choice.startsWith("input") ? 1 / 4 : 1 / 5;
      ok(Math.abs(count - draws * share) < 5 * Math.sqrt(draws * share * (1 - share)), `${choice}: ${count}`);
    }
    equal(counts.size, 9);
  });

  it("draws skip connections with even odds", () => {
    const random = createRandom(5);
    const bits = Array.from(
      { length: 300 },
      () => encode(macroSpace(2), sampleArchitecture(macroSpace(2), random))[2]!,
    );
    const ones = bits.reduce((sum, bit) => sum + bit, 0);
    ok(ones > 110 && ones < 190, String(ones));
  });
});

describe("mutateArchitecture(space, architecture, random)", () => {
  it("changes exactly one number to another that is allowed there, and leaves the original", () => {
    const random = createRandom(1);
    for (const space of spaces) {
      const parent = sampleArchitecture(space, random);
      const before = encode(space, parent);
      for (let index = 0; index < 300; index++) {
        const child = checkArchitecture(mutateArchitecture(space, parent, random));
        equal(encode(space, child).filter((number, place) => number !== before[place]).length, 1);
      }
      deepEqual(encode(space, parent), before);
    }
  });

  it("reaches every neighbour of a small architecture", () => {
    const random = createRandom(2);
    const space = microSpace(1);
    const parent = sampleArchitecture(space, random);
    const seen = new Set(
      Array.from({ length: 2000 }, () => encode(space, mutateArchitecture(space, parent, random)).join(" ")),
    );
    // Two cells of two sides: one other input and four other operations each.
    equal(seen.size, 4 * (1 + 4));
  });

  it("leaves decisions alone that have no other option, and refuses a space of a single architecture", () => {
    const random = createRandom(6);
    const only = { kind: "macro", layers: 3, operations: ["max pool 3×3"] } as const;
    const parent = sampleArchitecture(only, random);
    const seen = new Set(
      Array.from({ length: 200 }, () => encode(only, mutateArchitecture(only, parent, random)).join(" ")),
    );
    // Three skip connections can change, and nothing else.
    equal(seen.size, 3);
    const single = { ...only, layers: 1 };
    throws(
      () => mutateArchitecture(single, sampleArchitecture(single, random), random),
      /The space has a single architecture/,
    );
  });
});
