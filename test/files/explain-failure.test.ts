import { deepEqual, equal, match } from "node:assert/strict";
import { readFileSync } from "node:fs";

import { explainFailure, fileProblem } from "../../lib/files/explain-failure";
import { Problem } from "../../lib/runtime/problem";

/** What Node throws of a code. */
const failure = (code: string, message = `${code}: something`) => Object.assign(new Error(message), { code });

describe("explainFailure(error)", () => {
  it("says a disk's failures in words, with what to do", () => {
    const { code, reason, fix } = explainFailure(failure("ENOSPC"));
    deepEqual([code, reason, fix], ["ENOSPC", "the disk is full", "Free some space, and run again."]);
    equal(explainFailure(failure("EROFS")).reason, "the disk can only be read");
  });

  it("knows what the system itself throws", () => {
    try {
      readFileSync("/nowhere/at all");
    } catch (error) {
      equal(explainFailure(error).reason, "there is no such file or folder");
    }
  });

  it("looks into causes, as fetch has them, and into lists of errors", () => {
    equal(
      explainFailure(new TypeError("fetch failed", { cause: failure("ECONNREFUSED") })).reason,
      "the server refuses connections",
    );
    const several = new AggregateError([failure("ENETUNREACH")], "");
    equal(explainFailure(new TypeError("fetch failed", { cause: several })).reason, "there is no network");
  });

  it("gives the message of what it does not know, without its full stop", () => {
    equal(explainFailure(failure("EWEIRD", "It is odd.")).reason, "It is odd");
    equal(explainFailure(failure("constructor", "It is odder.")).reason, "It is odder");
    equal(explainFailure("a text").reason, "a text");
    equal(explainFailure(undefined).reason, "no reason was given");
  });

  it("ends on a cause that leads back to itself", () => {
    const circle: Error = new Error("round");
    circle.cause = circle;
    equal(explainFailure(circle).reason, "round");
  });
});

describe("fileProblem(path, done, error)", () => {
  it("names the path, the reason and what to do", () => {
    const problem = fileProblem("/data/a.csv", "read", failure("EACCES"));
    match(problem.message, /^\/data\/a\.csv cannot be read: access is not allowed\. Give yourself access/);
  });

  it("gives a problem back as it is", () => {
    const problem = new Problem("It is.", "Mend it.");
    equal(fileProblem("/data", "read", problem), problem);
  });
});
