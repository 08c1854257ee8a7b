import { deepEqual, equal, match, ok, throws } from "node:assert/strict";

import { compareWithReader, suspicionOf } from "../../lib/compare/reader";
import type { Prediction } from "../../lib/evaluate/predictions";
import { createRandom } from "../../lib/runtime/random";
import { setOf } from "./example";

/** Images of each category and class, as the published table of BUS-BRA counts them. */
const counts = [
  ["2", 552, 10],
  ["3", 432, 31],
  ["4", 280, 413],
  ["5", 4, 153],
] as const;
const cases = counts.flatMap(([birads, benign, malignant]) => [
  ...Array.from({ length: benign }, () => ({ birads, label: 0 as const })),
  ...Array.from({ length: malignant }, () => ({ birads, label: 1 as const })),
]);
const records = cases.map(({ birads }, index) => ({ id: `i${index}`, birads }));
const scored = (model: string, score: (index: number) => number, change?: (row: Prediction, index: number) => Partial<Prediction>) =>
  setOf(model, cases.map(({ label }) => label), cases.map((_, index) => score(index)), change); // prettier-ignore
const quick = { unit: "images", replicates: 100 } as const;
const category = (index: number) => Number(cases[index]!.birads);

describe("suspicionOf(birads)", () => {
  it("grows with suspicion, and is null for what is no reading", () => {
    deepEqual(["2", "3", "4", "4a", "4B", " 4c ", "5"].map(suspicionOf), [2, 3, 4, 4.25, 4.5, 4.75, 5]);
    deepEqual(["0", "6", "", "IV", "44", undefined].map(suspicionOf), [null, null, null, null, null, null]);
  });
});

describe("compareWithReader(sets, records, options)", () => {
  const twin = scored("twin", (index) => category(index) / 6);
  const perfect = scored("perfect", (index) => 0.1 + 0.8 * cases[index]!.label + (index % 7) / 100);

  it("gives the reader of BUS-BRA the rates and the area that counting gives", () => {
    const { area, points, cases: all, malignant, undecided } = compareWithReader([twin], records, quick);
    deepEqual([all, malignant, undecided.cases, undecided.malignant], [1875, 607, 693, 413]);
    const [, four] = points;
    equal(four!.sensitivity.value, (413 + 153) / 607);
    equal(four!.specificity.value, (552 + 432) / 1268);
    // Pairs in the right order, ties a half: the published .889.
    const below = [0, 552, 984, 1264];
    const right = counts.reduce((sum, [, benign, malignantHere], place) => sum + malignantHere * (below[place]! + benign / 2), 0); // prettier-ignore
    ok(Math.abs(area.value! - right / (607 * 1268)) < 1e-12);
    equal(area.value!.toFixed(3), "0.889");
    ok(area.low! < area.value! && area.value! < area.high!);
  });

  it("finds a network that says what the reader says to be the reader, and one without error to be better", () => {
    const { points, areas, area, undecided, added } = compareWithReader([twin, perfect], records, quick);
    for (const { networks } of points) {
      const [own, other] = networks;
      deepEqual([own!.sensitivityGain.value, own!.specificityGain.value], [0, 0]);
      ok(other!.sensitivityGain.value! >= 0 && other!.specificityGain.low! > 0);
      equal(other!.sensitivity.value, 1);
    }
    equal(areas[0]!.value, area.value);
    equal(areas[1]!.value, 1);
    equal(undecided.areas[0]!.value, 0.5);
    match(added[0]!.reason!, /one fold only/);
  });

  it("tells whether a network adds to the reader, by a fit on the other folds", () => {
    const random = createRandom(4);
    const folds = (_: Prediction, index: number) => ({ fold: `fold ${(index % 5) + 1}` });
    const own = cases.map(({ label }) => 1 / (1 + Math.exp(-(1.5 * (label - 0.5) + random.normal()))));
    const noise = cases.map(() => random.uniform());
    const sets = [scored("adds", (index) => own[index]!, folds), scored("noise", (index) => noise[index]!, folds)];
    const [adds, nothing] = compareWithReader(sets, records, quick).added;
    ok(adds!.p! < 1e-6 && adds!.gain.low! > 0);
    ok(nothing!.p! > 0.01 && Math.abs(nothing!.gain.value!) < 0.01);
  });

  it("counts patients with their highest category and the mean of their images", () => {
    const set = setOf("a", [0, 0, 1, 1, 0], [0.1, 0.3, 0.6, 0.9, 0.8], (_, index) => ({ patient: `p${[0, 0, 1, 1, 2][index]!}` })); // prettier-ignore
    const own = ["2", "4", "3", "5", "3"].map((birads, index) => ({ id: `i${index}`, birads }));
    const { cases: all, points, areas } = compareWithReader([set], own, { replicates: 50 });
    equal(all, 3);
    deepEqual(
      points.map(({ sensitivity, specificity }) => [sensitivity.value, specificity.value]),
      [[1, 0], [1, 0.5], [1, 1]], // prettier-ignore
    );
    // The mean of 0.6 and 0.9 is below the 0.8 of a benign patient.
    equal(areas[0]!.value, 0.5);
  });

  it("leaves out what has no category, and says so; refuses a table with too many gaps or one class", () => {
    const gaps = records.map((one, index) => (index % 3 === 0 ? { ...one, birads: "0" } : one));
    const { leftOut, notes } = compareWithReader([twin], gaps, quick);
    equal(leftOut, 625);
    match(notes.join(" "), /625 of 1875 images have no category between 1 and 5/);
    throws(() => compareWithReader([twin], records.slice(0, 900), quick), {
      name: "Problem",
      message: /900 of 1875 tested images/,
    });
    const benign = setOf("a", [0, 0, 0, 1], [0.1, 0.2, 0.3, 0.4]);
    throws(() => compareWithReader([benign], records.slice(0, 3), quick), { name: "Problem", message: /one class/ });
    throws(() => compareWithReader([twin], records, { unit: "views" as never }), { name: "Problem" });
  });
});
