import { deepEqual, equal, ok } from "node:assert/strict";

import { measureOperatingPoints } from "../../lib/evaluate/operating-points";
import { outOfFold } from "../../lib/evaluate/out-of-fold";
import { createRandom } from "../../lib/runtime/random";
import { examplePredictions } from "./example";

describe("outOfFold(set)", () => {
  const set = examplePredictions({ folds: 3, validation: false, seeds: [1, 2], patients: 60 });

  it("gives each fold the tested images of the others, as the networks said that had not seen them, and of the same seed", () => {
    const { rows } = outOfFold(set)!;
    for (const seed of [1, 2]) {
      const own = rows.filter((row) => row.fold === "fold 2" && row.seed === seed);
      const expected = set.rows.filter((row) => row.fold !== "fold 2" && row.seed === seed);
      deepEqual(
        own.filter(({ part }) => part === "validation").map(({ id, probability }) => [id, probability]),
        expected.map(({ id, probability }) => [id, probability]),
      );
      const tested = new Set(own.flatMap(({ id, part }) => (part === "test" ? [id] : [])));
      ok(own.every(({ id, part }) => part === "test" || !tested.has(id)));
    }
    equal(rows.filter(({ part }) => part === "test").length, set.rows.length);
  });

  it("has nothing to give with one fold, or where images are tested again in other folds", () => {
    equal(outOfFold(examplePredictions({ folds: 1, validation: false })), null);
    const again = set.rows.map((row) => ({ ...row, fold: `again ${row.fold}` }));
    equal(outOfFold({ ...set, rows: [...set.rows, ...again] }), null);
  });

  it("gives operating points to studies that learn from all images but the test's, which hold about what is asked", () => {
    const resampling = { replicates: 100, confidence: 0.95, random: createRandom(1) };
    const [sensitive, , specific] = measureOperatingPoints(set, resampling, 0.9);
    deepEqual([sensitive!.from, specific!.from], ["other folds", "other folds"]);
    ok(Math.abs(sensitive!.specificity.value! - 0.9) < 0.05, String(sensitive!.specificity.value));
    ok(Math.abs(specific!.sensitivity.value! - 0.9) < 0.07, String(specific!.sensitivity.value));
  });
});
