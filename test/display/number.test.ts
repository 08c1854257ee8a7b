import { equal } from "node:assert/strict";

import { formatFixed } from "../../lib/display/number";

describe("formatFixed(value, digits)", () => {
  it("writes a minus sign, and none of what rounds to nothing", () => {
    equal(formatFixed(-0.274, 2), "−0.27");
    equal(formatFixed(-0.0049, 2), "0.00");
    equal(formatFixed(1.005, 1), "1.0");
    equal(formatFixed(Number.NaN, 2), "NaN");
  });
});
