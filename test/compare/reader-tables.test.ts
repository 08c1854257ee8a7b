import { deepEqual, equal, match } from "node:assert/strict";

import { compareWithReader } from "../../lib/compare/reader";
import { readerTables } from "../../lib/compare/reader-tables";
import { setOf } from "./example";

describe("readerTables(comparison)", () => {
  it("has the reader in the first row, and each network beside him", () => {
    const labels = Array.from({ length: 40 }, (_, index) => (index % 4 === 0 ? 1 : 0));
    const categories = labels.map((label, index) => 2 + (index % 2) + (index % 8 === 0 ? 2 : label));
    const records = categories.map((category, index) => ({ id: `i${index}`, birads: String(category) }));
    const twin = setOf(
      "twin",
      labels,
      categories.map((category) => category / 6),
    );
    const { areas, points, added } = readerTables(compareWithReader([twin], records, { replicates: 100 }));
    deepEqual(
      areas.map(({ model }) => model),
      ["reader (BI-RADS)", "twin"],
    );
    equal(areas[0]!.AUC, areas[1]!.AUC);
    match(String(areas[0]!.AUC), /^0\.\d{3} \[0\.\d{3}, (0|1)\.\d{3}\]$/);
    equal(points.length, 6);
    equal(points[3]!["minus reader"], "0.000 [0.000, 0.000]");
    deepEqual(Object.keys(points[0]!), Object.keys(points[1]!));
    match(String(added[0]!.remark), /one fold only/);
  });
});
