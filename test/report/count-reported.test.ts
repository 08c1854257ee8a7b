import { deepEqual } from "node:assert/strict";

import { countReported } from "../../lib/report/count-reported";
import type { ReportBlock, ReportingItem } from "../../lib/report/report-contents";

const item = (said: string | null): ReportingItem => ({ group: "g", item: "i", asked: "", said, by: "author" });

describe("countReported(report)", () => {
  it("counts items and missing facts over all sections", () => {
    const blocks: ReportBlock[] = [
      { kind: "items", items: [item("yes"), item(null), item("yes")] },
      {
        kind: "facts",
        facts: [
          { name: "a", value: null },
          { name: "b", value: 0 },
        ],
      },
    ];
    const sections = [
      { anchor: "a", title: "A", blocks },
      { anchor: "b", title: "B", blocks: [{ kind: "items", items: [item(null)] } as const] },
    ];
    deepEqual(countReported({ sections }), { reported: 2, items: 4, missingFacts: 1 });
  });

  it("counts nothing where there is nothing", () => {
    deepEqual(countReported({ sections: [] }), { reported: 0, items: 0, missingFacts: 0 });
  });
});
