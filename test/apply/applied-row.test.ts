import { equal, ok } from "node:assert/strict";

import * as v from "valibot";

import { appliedRowSchema, rowOf } from "../../lib/apply/applied-row";

describe("rowOf(file, given)", () => {
  it("fills in that nothing is known, and is a row", () => {
    const row = rowOf("a.png", { fate: "refused", reason: "it is damaged" });
    ok(v.is(appliedRowSchema, row));
    equal(row.probability, null);
    equal(row.heatMap, "");
  });

  it("is checked: a probability beyond 1, an unknown fate and an unknown key are none", () => {
    const row = rowOf("a.png", { fate: "predicted", probability: 0.5, label: "benign" });
    ok(!v.is(appliedRowSchema, { ...row, probability: 1.1 }));
    ok(!v.is(appliedRowSchema, { ...row, fate: "lost" }));
    ok(!v.is(appliedRowSchema, { ...row, more: 1 }));
  });
});
