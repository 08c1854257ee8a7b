import { equal, ok } from "node:assert/strict";
import { inspect } from "node:util";

import { Problem } from "../../lib/runtime/problem";

describe("a problem", () => {
  it("prints as its sentences, without a stack", () => {
    const problem = new Problem("The file x is empty.", "Download it again.");
    equal(inspect(problem), "The file x is empty. Download it again.");
    ok(problem instanceof Error);
  });
});
