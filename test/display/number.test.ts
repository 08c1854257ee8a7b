import { equal } from "node:assert/strict";

import { formatFixed, formatInterval } from "../../lib/display/number";

describe("formatFixed(value, digits)", () => {
  it("writes a minus sign, and none of what rounds to nothing", () => {
    equal(formatFixed(-0.274, 2), "−0.27");
    equal(formatFixed(-0.0049, 2), "0.00");
    equal(formatFixed(1.005, 1), "1.0");
    equal(formatFixed(Number.NaN, 2), "NaN");
  });
});

describe("formatInterval(value, low, high, digits)", () => {
  it("writes the interval where there is one, and what is not defined in words", () => {
    equal(formatInterval(0.9123, -0.1, 0.94, 2), "0.91 [−0.10, 0.94]");
    equal(formatInterval(0.9123, null, null, 3), "0.912");
    equal(formatInterval(null, 0.1, 0.2, 3), "not defined");
  });
});
