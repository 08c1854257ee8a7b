import { deepEqual, equal, ok } from "node:assert/strict";

import { checkArchitecture } from "../../lib/space/architecture";
import { encode } from "../../lib/space/encode";
import { choicesOf, mutateArchitecture } from "../../lib/space/mutate";
import { countArchitectures, sampleArchitecture, type Space } from "../../lib/space/sample";
import { createRandom } from "../../lib/runtime/random";

const spaces: Space[] = [
  { space: "micro", nodes: 1 },
  { space: "micro", nodes: 5 },
  { space: "macro", layers: 1 },
  { space: "macro", layers: 8 },
];

describe("mutateArchitecture(architecture, random)", () => {
  it("changes exactly one number to another that is allowed there, and leaves the original", () => {
    const random = createRandom(1);
    for (const space of spaces) {
      const parent = sampleArchitecture(space, random);
      const before = encode(parent);
      for (let index = 0; index < 300; index++) {
        const child = checkArchitecture(mutateArchitecture(parent, random));
        equal(encode(child).filter((number, place) => number !== before[place]).length, 1);
      }
      deepEqual(encode(parent), before);
    }
  });

  it("reaches every neighbour of a small architecture", () => {
    const random = createRandom(2);
    const parent = sampleArchitecture({ space: "micro", nodes: 1 }, random);
    const seen = new Set(Array.from({ length: 2000 }, () => encode(mutateArchitecture(parent, random)).join(" ")));
    // Two cells of two sides: one other input and four other operations each.
    equal(seen.size, 4 * (1 + 4));
  });
});

describe("choicesOf(architecture)", () => {
  it("multiply to the size of the space", () => {
    for (const space of spaces) {
      const choices = choicesOf(sampleArchitecture(space, createRandom(1)));
      equal(
        choices.map(BigInt).reduce((product, count) => product * count),
        countArchitectures(space),
      );
      ok(choices.every((count) => count > 1));
    }
  });

  it("have the entropy that a uniform controller begins with: 58.5 nats for cells of five nodes", () => {
    const choices = choicesOf(sampleArchitecture({ space: "micro", nodes: 5 }, createRandom(1)));
    const entropy = choices.reduce((sum, count) => sum + Math.log(count), 0);
    equal(entropy.toFixed(1), "58.5");
  });
});
