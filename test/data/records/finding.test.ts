import { equal, match, ok } from "node:assert/strict";

import { problemOf, type Finding } from "../../../lib/data/records/finding";
import { Problem } from "../../../lib/runtime/problem";

const error = (message: string): Finding => ({ severity: "error", check: "x", images: [], message });

describe("problemOf(set, findings)", () => {
  it("states the first error and counts the others", () => {
    const problem = problemOf({ name: "busi", title: "BUSI" }, [
      error("a.png is cut off."),
      error("b.png is cut off."),
      error("c.png is cut off."),
    ]);
    ok(problem instanceof Problem);
    match(problem.message, /^BUSI: a\.png is cut off\. There are 2 more/);
    match(problem.fix, /leave-out/);
  });

  it("counts none where there is one alone", () => {
    equal(problemOf({ name: "busi", title: "BUSI" }, [error("a.png is cut off.")]).what, "BUSI: a.png is cut off.");
  });
});
