import { deepEqual } from "node:assert/strict";

import type { Inspection } from "../../../lib/data/inspect/inspection";

describe("an inspection", () => {
  it("is plain data that survives being kept as JSON", () => {
    const inspection: Inspection = {
      id: "a",
      seen: null,
      findings: [{ severity: "error", check: "x", images: ["a"], message: "y" }],
    };
    deepEqual(JSON.parse(JSON.stringify(inspection)), inspection);
  });
});
