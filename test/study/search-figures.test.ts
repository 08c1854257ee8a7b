import { deepEqual, equal, match, ok } from "node:assert/strict";
import { rmSync } from "node:fs";

import { bestOfSearches, figuresOf, figuresOfSearches, tableOfSearches } from "../../lib/study/search-figures";
import { readSearches } from "../../lib/study/study-searches";
import { filledStudy } from "./helpers";

describe("figures and tables of a study's searches", () => {
  const made = filledStudy();

  it("are of its own searches: curves, choices and rewards against cost; of a control the curves alone", () => {
    const figures = figuresOfSearches(made.study);
    equal(figures.length, 3);
    match(figures[0]!.caption, /^4 epochs, \d+ architectures scored/);
    const [, control] = readSearches(made.study);
    equal(figuresOf(control!).length, 1);
    const [best] = bestOfSearches(made.study);
    deepEqual(best!.architecture, readSearches(made.study)[0]!.records.value!.best!.architecture);
    ok(best!.numbers.length > 0);
    const [row] = tableOfSearches(made.study);
    deepEqual([row!.search, row!.seed, row!.epochs], ["ENAS", 1, 4]);
  });

  it("say what is missing", () => {
    rmSync(made.study.path("search"), { recursive: true });
    equal(figuresOfSearches(made.study).length, 0);
    match(String(tableOfSearches(made.study)[0]!.missing), /is missing\. Run 03/);
  });
});
