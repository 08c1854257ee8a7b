import { deepEqual, equal, ok } from "node:assert/strict";

import { boxGeometryBaseline } from "../../lib/evaluate/baselines/box-geometry";
import { majorityBaseline } from "../../lib/evaluate/baselines/majority";
import { externalBaseline } from "../../lib/external/external-baselines";
import { smokeStudy } from "../study/helpers";

describe("externalBaseline(baseline, split, own, external)", function () {
  this.timeout(120_000);

  it("lets the baseline of each fold predict the other set by what it learned from its own, whatever images are called", async () => {
    const study = await smokeStudy("nowhere");
    const part = (ids: readonly string[]) => {
      const places = study.records.flatMap(({ id }, place) => (ids.includes(id) ? [place] : []));
      return { records: places.map((place) => study.records[place]!), inspections: places.map((place) => study.inspections[place]!) }; // prettier-ignore
    };
    const [fold, other] = study.split.folds;
    // What fold 1 tests, as another set under the same names: its own network says of it what the cross-validation says.
    const found = externalBaseline(boxGeometryBaseline, study.split, study, part(fold!.test));
    const own = boxGeometryBaseline(study.split, study);
    const of = (rows: typeof own.rows, name: string) =>
      rows
        .filter((row) => row.fold === name && row.part === "test")
        .map(({ id, logit }) => `${id} ${logit!.toFixed(9)}`);
    deepEqual(of(found.rows, fold!.name).sort(), of(own.rows, fold!.name).sort());
    equal(of(found.rows, other!.name).length, fold!.test.length);
    ok(found.rows.every(({ part: one }) => one === "test"));
    const majority = externalBaseline(majorityBaseline, study.split, study, part(fold!.test));
    equal(
      new Set(majority.rows.map(({ logit, fold: name }) => `${name} ${logit!}`)).size <= study.split.folds.length,
      true,
    );
  });
});
