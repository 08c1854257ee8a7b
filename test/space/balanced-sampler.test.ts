import { deepEqual, equal, notDeepEqual } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { balancedSampler } from "../../lib/space/balanced-sampler";
import { encode } from "../../lib/space/encode";
import { checkSpace, decisionsOf } from "../../lib/space/space";

const space = checkSpace({ kind: "shape" });

describe("balancedSampler(space, random)", () => {
  const codesOf = (seed: number, from: number, count: number) => {
    const sample = balancedSampler(space, createRandom(seed));
    return Array.from({ length: count }, (_, draw) => encode(space, sample(from + draw)));
  };

  it("gives each option of each decision equally often in each block of twelve draws", () => {
    for (const from of [0, 12, 120]) {
      const codes = codesOf(1, from, 12);
      decisionsOf(space).forEach(({ options }, decision) => {
        const counts = options.map((_, option) => codes.filter((code) => code[decision] === option).length);
        deepEqual(
          counts,
          options.map(() => 12 / options.length),
        );
      });
    }
  });

  it("gives the same architecture for a draw whatever was asked for before, and others for other seeds", () => {
    const sample = balancedSampler(space, createRandom(1));
    const backwards = [30, 3, 17].map((draw) => encode(space, sample(draw)));
    const all = codesOf(1, 0, 31);
    deepEqual(backwards, [all[30], all[3], all[17]]);
    notDeepEqual(codesOf(2, 0, 3), codesOf(1, 0, 3));
    equal(new Set(all.map(String)).size, 31);
  });
});
