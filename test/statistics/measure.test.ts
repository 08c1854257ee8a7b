import { deepEqual } from "node:assert/strict";

import { shareOf } from "../../lib/statistics/measure";

describe("shareOf(part, total, reason)", () => {
  it("is a share, or null with the reason, never a silent 0", () => {
    deepEqual(shareOf(3, 4, "There are none."), { value: 0.75, reason: null });
    deepEqual(shareOf(0, 4, "There are none."), { value: 0, reason: null });
    deepEqual(shareOf(0, 0, "There are none."), { value: null, reason: "There are none." });
  });
});
