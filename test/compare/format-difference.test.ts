import { deepEqual } from "node:assert/strict";

import { formatSigned } from "../../lib/compare/format-difference";

describe("formatSigned(value)", () => {
  it("writes a sign, with a true minus, and none for what rounds to nothing", () => {
    deepEqual([0.0123, -0.0046, 0.0004, -0.0004, 1].map(formatSigned), [
      "+0.012",
      "−0.005",
      "0.000",
      "0.000",
      "+1.000",
    ]);
  });
});
