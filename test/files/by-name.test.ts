import { deepEqual, ok } from "node:assert/strict";

import { byName } from "../../lib/files/by-name";

describe("byName(a, b)", () => {
  it("orders names by their numbers and tells any two apart", () => {
    deepEqual(["b10", "b9", "B9", "a"].sort(byName), ["a", "b9", "B9", "b10"]);
    ok(byName("1", "01") !== 0);
  });
});
