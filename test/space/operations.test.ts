import { deepEqual, equal } from "node:assert/strict";

import { macroOperations, microOperations } from "../../lib/space/operations";

describe("the operations", () => {
  it("have the codes of the published search spaces", () => {
    equal(microOperations.indexOf("separable 5×5"), 1);
    equal(microOperations.indexOf("identity"), 4);
    equal(macroOperations.indexOf("separable 3×3"), 1);
    equal(macroOperations.indexOf("max pool 3×3"), 5);
    deepEqual([microOperations.length, macroOperations.length], [5, 6]);
  });
});
