import { deepEqual, equal, match, ok, throws } from "node:assert/strict";

import { comparisonTable } from "../../lib/compare/comparison-table";
import { readerName, readerRows } from "../../lib/compare/reader-row";
import { evaluatePredictions } from "../../lib/evaluate/evaluation";
import { examplePredictions } from "../evaluate/example";

const fast = { replicates: 100 };

/** Two folds of 60 images each; the reader calls malignant lesions 4 or 5, but every fifth image the other way. */
const set = examplePredictions({ patients: 60, seeds: [1, 2] });
const tested = set.rows.filter(({ part, seed }) => part === "test" && seed === 1);
const records = tested.map(({ id, label }, index) => ({
  id,
  birads: String((label === 1) !== (index % 5 === 0) ? (index % 2 === 0 ? "4b" : 5) : 2 + (index % 2)),
}));

describe("readerRows(sets, records, options)", () => {
  it("makes one row of what the reader calls from category 4 on, counted by hand, and of the area by his categories", () => {
    const [row, ...others] = readerRows([set], records, fast);
    deepEqual(others, []);
    deepEqual([row!.model, row!.kind, row!.parameters, row!.input], [readerName, "reader", null, null]);
    const called = tested.map((_, index) => (/^[45]/.test(records[index]!.birads) ? 1 : 0));
    const share = (label: number) => {
      const own = tested.flatMap((one, index) => (one.label === label ? [called[index]!] : []));
      return own.filter((call) => call === label).length / own.length;
    };
    equal(row!.sensitivity, share(1));
    equal(row!.specificity, share(0));
    equal(row!.accuracy, tested.filter(({ label }, index) => label === called[index]).length / tested.length);
    ok(row!.accuracyLow! < row!.accuracy && row!.accuracy < row!.accuracyHigh!);
    const order = tested.map((one, index) => ({
      one,
      value: { 2: 2, 3: 3, "4b": 4.5, 5: 5 }[records[index]!.birads]!,
    }));
    let [right, pairs] = [0, 0];
    for (const a of order)
      for (const b of order)
        if (a.one.label === 1 && b.one.label === 0 && a.one.fold === b.one.fold) {
          pairs++;
          right += a.value > b.value ? 1 : a.value === b.value ? 0.5 : 0;
        }
    ok(Math.abs(row!.areaUnderCurve! - right / pairs) < 1e-12);
    match(row!.note!, /whole picture$/);
  });

  it("says which images have no category, and takes the same images once however many seeds there are", () => {
    const some = records.map((one, index) =>
      index % 4 === 0 ? { id: one.id, birads: index % 8 === 0 ? "0" : "" } : one,
    );
    const [row] = readerRows([set, { ...set, model: "other" }], some, fast);
    match(row!.note!, /without 30 of 120 images that have no category/);
  });

  it("has none where fewer than half of the images were read, or those of one class", () => {
    deepEqual(readerRows([set], records.slice(0, 59), fast), []);
    deepEqual(readerRows([set], [], fast), []);
    deepEqual(readerRows([], records, fast), []);
    const benign = set.rows.filter(({ label }) => label === 0);
    deepEqual(readerRows([{ ...set, rows: benign }], records, fast), []);
    throws(() => readerRows([set], records, { replicates: 0 }), { name: "Problem" });
  });

  it("stands in the table below the models, without tests", () => {
    const { pooled } = evaluatePredictions(set, fast);
    const [row] = comparisonTable(readerRows([set], records, fast));
    match(String(row!.accuracy), /^0\.\d{3} \[0\.\d{3}, 0\.\d{3}\]/);
    deepEqual([row!.parameters, row!["ms an image"]], [null, null]);
    equal(pooled.cases, 120);
  });
});
