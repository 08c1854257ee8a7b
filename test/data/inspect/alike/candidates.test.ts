import { deepEqual, equal, ok } from "node:assert/strict";

import { candidatePairs } from "../../../../lib/data/inspect/alike/candidates";
import { spectrumLength } from "../../../../lib/data/inspect/alike/spectrum";
import { createRandom } from "../../../../lib/runtime/random";

const random = createRandom(5);
const descriptor = () => Float64Array.from({ length: spectrumLength }, () => 5 + random.normal());

describe("candidatePairs(descriptors)", () => {
  it("are all pairs of a few pictures", () => {
    deepEqual(candidatePairs([descriptor(), descriptor(), descriptor()]), [
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
    deepEqual(candidatePairs([]), []);
  });

  it("are of many those whose descriptors are alike, each once and sorted", () => {
    const many = Array.from({ length: 200 }, descriptor);
    const near = many[17]!.map((value) => value + 0.1 * random.normal());
    const pairs = candidatePairs([...many, near]);
    ok(pairs.some(([first, second]) => first === 17 && second === 200));
    ok(pairs.length < 200, `${pairs.length} of 20,100 pairs`);
    equal(new Set(pairs.map(String)).size, pairs.length);
    deepEqual(
      pairs,
      [...pairs].sort(([a, b], [c, d]) => a - c || b - d),
    );
    ok(pairs.every(([first, second]) => first < second));
  });

  it("are all pairs of many copies, however many there are", () => {
    const copies = Array.from({ length: 30 }, (_, index) => {
      const base = Float64Array.from({ length: spectrumLength }, (_unused, place) => 9 + 4 * Math.sin(place));
      return base.map((value) => value + 0.001 * index);
    });
    const pairs = candidatePairs([...Array.from({ length: 100 }, descriptor), ...copies]);
    equal(pairs.filter(([first]) => first >= 100).length, (30 * 29) / 2);
  });

  it("bear descriptors that do not vary", () => {
    deepEqual(candidatePairs(Array.from({ length: 70 }, () => new Float64Array(spectrumLength))), []);
  });
});
