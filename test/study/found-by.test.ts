import { deepEqual } from "node:assert/strict";

import type { StrategyOptions } from "../../lib/controller/check-strategy";
import { foundBy } from "../../lib/study/found-by";
import { smoke } from "../../lib/study/profiles/smoke";

const withStrategy = (strategy: StrategyOptions) => ({
  settings: { search: { ...smoke.search, options: { ...smoke.search.options, strategy } } },
});

describe("foundBy(study)", () => {
  it("is ENAS where the search names no strategy", () => {
    deepEqual(foundBy({ settings: smoke }), { name: "ENAS", slug: "enas", uniform: false });
  });

  it("is the strategy of the search, for tables and for folders", () => {
    deepEqual(foundBy(withStrategy({ kind: "enas", preset: "paper" })), { name: "ENAS", slug: "enas", uniform: false });
    deepEqual(foundBy(withStrategy({ kind: "evolution" })), { name: "evolution", slug: "evolution", uniform: false });
    deepEqual(foundBy(withStrategy({ kind: "uniform" })), { name: "uniform policy", slug: "uniform", uniform: true });
  });

  it("has the name that the strategy was given", () => {
    const strategy = { kind: "evolution", name: "Evolution, small" } as unknown as StrategyOptions;
    deepEqual(foundBy(withStrategy(strategy)), { name: "Evolution, small", slug: "evolution-small", uniform: false });
  });
});
