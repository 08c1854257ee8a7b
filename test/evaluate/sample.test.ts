import { deepEqual, equal } from "node:assert/strict";

import { makeSamples } from "../../lib/evaluate/sample";
import { casesOf } from "./example";

describe("makeSamples(cases)", () => {
  it("orders cases by falling probability and keeps what belongs to them together", () => {
    const { patients, samples } = makeSamples(casesOf([0, 1, 0], [0.2, 0.9, 0.55], ["a", "b", "a"]));
    deepEqual(patients, ["patient a", "patient b"]);
    const [sample] = samples;
    deepEqual([...sample!.probability], [0.9, 0.55, 0.2]);
    deepEqual([...sample!.label], [1, 0, 0]);
    deepEqual([...sample!.patient], [1, 0, 0]);
    deepEqual([...sample!.decision], [1, 1, 0]);
  });

  it("numbers patients alike for all seeds", () => {
    const cases = casesOf([0, 1], [0.2, 0.9]);
    const { patients, samples } = makeSamples([...cases, ...cases.map((one) => ({ ...one, seed: 0 }))]);
    equal(patients.length, 2);
    deepEqual(
      samples.map(({ seed }) => seed),
      [0, 1],
    );
    deepEqual([...samples[0]!.patient], [...samples[1]!.patient]);
  });

  it("counts the upper end of a bin to it, and 0 to the first", () => {
    const probabilities = [0, 0.05, 0.1, 0.1000001, 0.3, 0.7, 0.95, 1];
    const cases = casesOf(
      probabilities.map(() => 0),
      probabilities,
    );
    deepEqual([...makeSamples(cases).samples[0]!.bin].reverse(), [0, 0, 0, 1, 2, 6, 9, 9]);
  });
});
