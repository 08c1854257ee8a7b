import { deepEqual, equal } from "node:assert/strict";

import { formatDifference, formatSigned, formatValue } from "../../lib/compare/format-difference";

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

describe("formatDifference(difference)", () => {
  it("writes signs, and none for nothing", () => {
    equal(formatDifference({ estimate: 0.0123, low: -0.004, high: 0.0281 }), "+0.012 [−0.004, +0.028]");
    equal(formatDifference({ estimate: -0.0001, low: null, high: null }), "0.000");
    equal(formatDifference({ estimate: null, low: null, high: null }), "not defined");
  });
});

describe("formatValue(value, low, high)", () => {
  it("writes three digits, and an interval where there is one", () => {
    equal(formatValue(0.9124, 0.8706, 0.9449), "0.912 [0.871, 0.945]");
    equal(formatValue(0.9124), "0.912");
    equal(formatValue(0.9124, null, 0.9), "0.912");
    equal(formatValue(null), "not defined");
  });
});
