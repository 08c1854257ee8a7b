import { deepEqual, equal, match } from "node:assert/strict";

import { assignFolds } from "../../../lib/data/audit/assign-folds";
import type { ImageRecord } from "../../../lib/data/records/record";

const records = Array.from({ length: 40 }, (_, index): ImageRecord => ({
  id: String(index),
  label: index % 3 === 0 ? "malignant" : "benign",
  patient: String(Math.floor(index / 6) * 6 + (index % 3)),
  image: { kind: "file", path: "" },
  masks: [],
}));

describe("assignFolds(records, groups, own, seed)", () => {
  it("takes the set's own folds where there are some", () => {
    const own = [
      {
        name: "5-fold",
        folds: [
          { train: [], validation: [], test: ["3", "4"] },
          { train: [], validation: [], test: ["5"] },
        ],
      },
    ];
    const { name, folds } = assignFolds(records, [], own, 1);
    equal(name, "the set's own 5-fold");
    deepEqual(
      [...folds],
      [
        ["3", 0],
        ["4", 0],
        ["5", 1],
      ],
    );
  });

  it("keeps patients and near duplicates together otherwise", () => {
    const groups = [{ images: ["0", "38"], labels: ["malignant", "benign"] as const }];
    const { folds } = assignFolds(records, groups, [], 1);
    equal(folds.size, 40);
    equal(folds.get("0"), folds.get("38"));
    for (const record of records) {
      const same = records.filter(({ patient }) => patient === record.patient);
      equal(new Set(same.map(({ id }) => folds.get(id))).size, 1);
    }
  });

  it("leaves normal images out, and gives no folds where a class has too few images", () => {
    const few = [...records.slice(1, 3), { ...records[0]!, label: "normal" as const }];
    const { name, folds } = assignFolds(few, [], [], 1);
    equal(folds.size, 0);
    match(name, /too few/);
  });
});
