import { equal, ok } from "node:assert/strict";

import { majorityBaseline } from "../../../lib/evaluate/baselines/majority";
import { evaluatePredictions } from "../../../lib/evaluate/evaluation";
import { phantoms } from "./phantoms";

describe("majorityBaseline(split, images)", () => {
  it("gives each fold the share of malignant images among the others, and tells nothing apart", async () => {
    const { split, images } = await phantoms();
    const set = majorityBaseline(split, images);
    for (const fold of split.folds) {
      const others = images.records.filter(({ id }) => !fold.test.includes(id));
      const share = others.filter(({ label }) => label === "malignant").length / others.length;
      const rows = set.rows.filter((row) => row.fold === fold.name && row.part === "test");
      ok(rows.every(({ probability }) => Math.abs(probability - share) < 1e-12));
    }
    const { folds, pooled } = evaluatePredictions(set, { replicates: 100 });
    ok(folds.every(({ measures }) => measures.areaUnderCurve.value === 0.5));
    const benign = images.records.filter(({ label }) => label === "benign").length;
    equal(pooled.measures.accuracy.value, Math.max(benign, 150 - benign) / 150);
    equal(pooled.measures.balancedAccuracy.value, 0.5);
  });
});
