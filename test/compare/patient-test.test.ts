import { deepEqual, equal, match, ok } from "node:assert/strict";

import { alignPredictions, type Alignment } from "../../lib/compare/align";
import { testPatients } from "../../lib/compare/patient-test";
import { compareDelong } from "../../lib/statistics/delong";
import { examplePredictions, setOf } from "./example";

const align = (...sets: Parameters<typeof alignPredictions>[0]) =>
  alignPredictions(sets, { threshold: { kind: "fixed", at: 0.5 }, unit: "images" });
const test = (alignment: Alignment, measure: "accuracy" | "areaUnderCurve") =>
  testPatients(alignment, alignment.models[0]!, alignment.models[1]!, { measure, confidence: 0.95 });

describe("testPatients(alignment, reference, other, options)", () => {
  it("is DeLong's test of areas where each patient has one image and there is one fold and seed", () => {
    const labels = [0, 1, 0, 1, 1, 0, 1, 0];
    const scores = [
      [0.2, 0.6, 0.3, 0.4, 0.9, 0.45, 0.7, 0.1],
      [0.3, 0.5, 0.6, 0.55, 0.8, 0.2, 0.4, 0.35],
    ] as const;
    const found = test(align(setOf("a", labels, scores[0]), setOf("b", labels, scores[1])), "areaUnderCurve");
    const expected = compareDelong(labels, scores[1], scores[0]);
    for (const [one, other] of [
      [found.difference, expected.difference],
      [found.p, expected.p],
      [found.low, expected.low],
    ])
      // prettier-ignore
      ok(Math.abs(one! - other!) < 1e-12, `${one} ${other}`);
    match(found.leavesOut!, /One seed of a and of b/);
  });

  it("is as unsure as half as many images where each stands there twice", () => {
    const single = examplePredictions("a", { images: 240 });
    const once = (set: typeof single, keep: number) => ({
      ...set,
      rows: set.rows.filter(({ id }) => Number(id.slice(6)) % 2 === keep),
    });
    const double = (set: typeof single) => {
      const kept = once(set, 0);
      return { ...kept, rows: [...kept.rows, ...kept.rows.map((row) => ({ ...row, id: `${row.id} again` }))] };
    };
    const other = examplePredictions("b", { images: 240, draw: 3 });
    for (const measure of ["accuracy", "areaUnderCurve"] as const) {
      const [one, two] = [test(align(once(single, 0), once(other, 0)), measure), test(align(double(single), double(other)), measure)]; // prettier-ignore
      ok(Math.abs(one.difference - two.difference) < 1e-12 && Math.abs(one.p! - two.p!) < 1e-9, measure);
    }
  });

  it("adds what seeds vary by, with few degrees of freedom", () => {
    const good = examplePredictions("a", { seeds: [1, 2, 3] });
    const uneven = examplePredictions("b", { seeds: [1, 2, 3], draw: 2 });
    // The third training learned nothing.
    const rows = uneven.rows.map((row) => (row.seed === 3 ? { ...row, probability: 0.3 + 0.4 * (Number(row.id.slice(6)) % 7) / 7, logit: null } : row)); // prettier-ignore
    for (const measure of ["accuracy", "areaUnderCurve"] as const) {
      const [even, wide] = [test(align(good, uneven), measure), test(align(good, { ...uneven, rows }), measure)];
      ok(wide.widening! > 1.5 && wide.degreesOfFreedom! < 5, JSON.stringify(wide));
      ok(even.high! - even.low! < wide.high! - wide.low!);
      equal(wide.leavesOut, null);
    }
  });

  it("has nothing to test between a model and its copy, and no variance of one patient of a class", () => {
    const set = examplePredictions("a", { seeds: [1, 2] });
    for (const measure of ["accuracy", "areaUnderCurve"] as const) {
      const { difference, p, low, reason } = test(align(set, { ...set, model: "copy" }), measure);
      deepEqual([difference, p, low], [0, 1, null]);
      match(reason!, /fares alike/);
    }
    const labels = [0, 0, 1];
    const single = align(setOf("a", labels, [0.1, 0.2, 0.3]), setOf("b", labels, [0.3, 0.2, 0.1]));
    const { difference, p, reason } = test(single, "areaUnderCurve");
    deepEqual([difference, p], [-1, null]);
    match(reason!, /one group only/);
  });
});
