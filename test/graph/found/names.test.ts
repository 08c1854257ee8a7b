import { deepEqual, equal } from "node:assert/strict";

import { partOf } from "../../../lib/graph/found/names";
import { macroOperations, microOperations } from "../../../lib/space/operations";

describe("partOf(operation)", () => {
  it("gives what may stand in the name of a node, and another part for every operation", () => {
    deepEqual(microOperations.slice(0, 3).map(partOf), ["separable3x3", "separable5x5", "averagepool3x3"]);
    for (const operations of [microOperations, macroOperations]) {
      const parts = operations.map(partOf);
      deepEqual(
        parts.filter((part) => !/^[a-z0-9]+$/.test(part)),
        [],
      );
      equal(new Set(parts).size, operations.length);
    }
  });
});
