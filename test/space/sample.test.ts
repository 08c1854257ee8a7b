import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { checkArchitecture, type MicroArchitecture } from "../../lib/space/architecture";
import { encode } from "../../lib/space/encode";
import { countArchitectures, sampleArchitecture } from "../../lib/space/sample";
import { createRandom } from "../../lib/runtime/random";

describe("countArchitectures(space)", () => {
  it("gives (5⁵ · 6!)⁴ for cells of five nodes, and what an exhaustive count gives for small spaces", () => {
    equal(countArchitectures({ space: "micro", nodes: 5 }), (5n ** 5n * 720n) ** 4n);
    // One node: two inputs and five operations on each of two sides, in each of two cells.
    equal(countArchitectures({ space: "micro", nodes: 1 }), BigInt((2 * 5) ** 4));
    // Two layers: six operations each, and one skip connection.
    equal(countArchitectures({ space: "macro", layers: 2 }), 72n);
  });

  it("refuses a size that is none", () => {
    throws(() => countArchitectures({ space: "micro", nodes: 0 }), /nodes = 0, expected a whole number from 1/);
    throws(() => countArchitectures({ space: "macro", layers: 2.5 }), /layers = 2.5/);
  });
});

describe("sampleArchitecture(space, random)", () => {
  it("draws architectures of the space, the same for the same seed", () => {
    const draw = (seed: number) => sampleArchitecture({ space: "micro", nodes: 5 }, createRandom(seed));
    deepEqual(draw(1), draw(1));
    const random = createRandom(3);
    for (let index = 0; index < 200; index++) {
      checkArchitecture(sampleArchitecture({ space: "micro", nodes: 4 }, random));
      checkArchitecture(sampleArchitecture({ space: "macro", layers: 6 }, random));
    }
  });

  it("draws every choice of every decision equally often", () => {
    const random = createRandom(4);
    const draws = 6000;
    const counts = new Map<string, number>();
    for (let index = 0; index < draws; index++) {
      const { normal } = sampleArchitecture({ space: "micro", nodes: 3 }, random) as MicroArchitecture;
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
      () => encode(sampleArchitecture({ space: "macro", layers: 2 }, random))[2]!,
    );
    const ones = bits.reduce((sum, bit) => sum + bit, 0);
    ok(ones > 110 && ones < 190, String(ones));
  });
});
