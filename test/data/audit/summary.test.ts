import { deepEqual, equal } from "node:assert/strict";

import { auditSet } from "../../../lib/data/audit/audit";
import { countGroups, sizesOf, summariseAudit } from "../../../lib/data/audit/summary";
import { makePhantomSet } from "../../../lib/data/sets/phantom-set";

describe("summariseAudit(audit)", () => {
  it("is plain data that survives being printed as JSON", async () => {
    const summary = summariseAudit(
      await auditSet(makePhantomSet({ count: 14, size: 32, seed: 2 }), { cacheFolder: null }),
    );
    deepEqual(JSON.parse(JSON.stringify(summary)), summary);
    equal(summary.synthetic, true);
    equal(summary.counts.images, 14);
  });
});

describe("sizesOf(images, groups)", () => {
  it("counts images without a duplicate as groups of one", () => {
    const group = (...images: string[]) => ({ images, labels: ["benign" as const] });
    deepEqual(sizesOf(10, [group("a", "b"), group("c", "d", "e"), group("f", "g")]), { "1": 3, "2": 2, "3": 1 });
    deepEqual(sizesOf(2, [group("a", "b")]), { "2": 1 });
    equal(countGroups(10, [group("a", "b"), group("c", "d", "e"), group("f", "g")]), 3 + 2 + 1);
  });
});
