import { equal, ok } from "node:assert/strict";

import type { Decided } from "../../lib/evaluate/decide";
import { measureCases, measureNames } from "../../lib/evaluate/measures";
import { makeSamples } from "../../lib/evaluate/sample";
import { weightedMeasures } from "../../lib/evaluate/weighted-measures";
import { createRandom } from "../../lib/runtime/random";
import { casesOf } from "./example";

/** Measures cases both ways: weighted, and written out as often as they count. */
function compare(cases: readonly Decided[], weights: readonly number[]): void {
  const { patients, samples } = makeSamples(cases);
  const found = new Float64Array(measureNames.length);
  weightedMeasures(samples[0]!, Uint16Array.from(weights), found);
  const written = cases.flatMap((one) =>
    Array.from({ length: weights[patients.indexOf(`patient ${one.patient}`)]! }, () => one),
  );
  const expected = measureCases(written);
  measureNames.forEach((name, index) => {
    const { value } = expected[name];
    if (value === null) equal(found[index], NaN, name);
    else ok(Math.abs(found[index]! - value) < 1e-12, `${name}: ${found[index]}, expected ${value}`);
  });
}

describe("weightedMeasures(sample, weights, values)", () => {
  it("gives what is measured of cases written out as often as their patients count, ties and all", () => {
    const random = createRandom(3);
    for (let round = 0; round < 20; round++) {
      const count = 40;
      const labels = Array.from({ length: count }, () => random.integer(0, 1) as 0 | 1);
      // Steps of 0.05, so that there are ties, and ends of bins.
      const probabilities = labels.map(
        (label) => Math.round(20 * Math.min(1, random.uniform() * 0.8 + label * 0.2)) / 20,
      );
      const patients = labels.map((_, index) => `p${Math.floor(index / 2)}`);
      const cases = casesOf(labels, probabilities, patients).map((one, index) => ({
        ...one,
        fold: `fold ${round % 2 === 0 ? 1 : index % 6 < 2 ? 1 : 2}`,
      }));
      compare(cases, new Array<number>(20).fill(1));
      compare(
        cases,
        Array.from({ length: 20 }, () => random.integer(0, 3)),
      );
    }
  });

  it("gives NaN for what is not defined, and nothing else", () => {
    compare(casesOf([1, 1, 0], [0.9, 0.2, 0.4]), [1, 1, 0]);
    compare(casesOf([1, 0, 0], [0.9, 0.2, 0.4]), [0, 1, 1]);
    compare(casesOf([1, 0], [0.1, 0.2]), [1, 1]);
    compare(casesOf([1, 0], [0, 1]), [1, 1]);
  });
});
