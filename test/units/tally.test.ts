import { deepEqual, equal } from "node:assert/strict";

import { secondsLeft, tallyOf, tellTally, type Standing } from "../../lib/units/tally";

describe("tallyOf(units, standingOf)", () => {
  const units = ["a", "b", "c", "d"].map((name, index) => ({ name, kind: index < 3 ? "search" : "winner" }));

  it("counts by kind and in all, with columns for what there is", () => {
    const standings: Record<string, Standing> = { a: "done", b: "done", c: "running", d: "waiting" };
    deepEqual(
      tallyOf(units, (name) => standings[name]!),
      [
        { step: "search", waiting: null, running: 1, done: 2 },
        { step: "winner", waiting: 1, running: null, done: null },
        { step: "all", waiting: 1, running: 1, done: 2 },
      ],
    );
    const failed = tallyOf(units, (name) => (name === "d" ? "held" : name === "c" ? "failed" : "saved"));
    deepEqual(failed.at(-1), { step: "all", waiting: null, running: null, saved: 2, done: null, failed: 1, held: 1 });
  });
});

describe("secondsLeft(done, open, workers)", () => {
  const open = (...costs: number[]) => costs.map((cost) => ({ cost }));

  it("takes the pace of what is done: seconds by what is computed, beside those that any takes", () => {
    equal(secondsLeft([], open(1), 1), null);
    equal(secondsLeft([{ cost: 10, seconds: 20 }], [], 1), 0);
    // Two seconds each, and one for ten multiply-adds.
    const done = [
      { cost: 0, seconds: 2 },
      { cost: 100, seconds: 12 },
    ];
    equal(secondsLeft(done, open(50, 50), 1), 14);
    equal(secondsLeft(done, open(50, 50), 2), 7);
    equal(secondsLeft(done, open(50, 50), 8), 7);
  });

  it("counts units where none says what it computes", () => {
    equal(secondsLeft([{ cost: 0, seconds: 3 }, { cost: 0, seconds: 5 }], open(0, 0, 0), 1), 12); // prettier-ignore
  });
});

describe("tellTally(counts, total, left)", () => {
  it("says how many are done, what went wrong, and the time left", () => {
    equal(
      tellTally(new Map([["done", 12], ["failed", 2], ["held", 1], ["running", 3]]), 26, 192), // prettier-ignore
      "12 of 26 done, 3 running, 2 failed, 1 held, 3m12s left",
    );
    equal(tellTally(new Map([["done", 4]]), 4, 0), "4 of 4 done");
    equal(tellTally(new Map(), 4, null), "0 of 4 done");
  });
});
