import { deepEqual, equal } from "node:assert/strict";

import type { SearchVerdict } from "../../lib/derive/judge-search";
import { tellVerdict } from "../../lib/derive/tell-verdict";

const verdict: SearchVerdict = {
  found: { count: 5, mean: 0.81234, deviation: 0.01, best: 0.83 },
  random: { count: 8, mean: 0.79, deviation: 0.02, best: 0.82 },
  gain: { value: 0.02234, low: -0.00151, high: 0.04 },
  relativeGain: 2.8278,
  winnerAbove: 0.875,
  ranks: {
    count: 13,
    kendall: { value: 0.41026, low: 0.05, high: 0.72, p: 0.05 },
    spearman: { value: 0.5, low: null, high: null, p: null },
    meaningful: true,
    warning: null,
  },
  warnings: [],
};

describe("tellVerdict(judged)", () => {
  it("writes a verdict as a row, rounded", () => {
    deepEqual(tellVerdict({ name: "evolution", seed: 3, verdict }), {
      search: "evolution",
      seed: 3,
      "mean, found": 0.812,
      "mean, random": 0.79,
      "gain [95 %]": "0.022 [-0.002, 0.040]",
      "gain (%)": 2.8,
      "winner above random (%)": 88,
      "Kendall τ [95 %]": "0.410 [0.050, 0.720]",
      "Spearman ρ [95 %]": "0.500 [not defined]",
      architectures: 13,
    });
  });

  it("writes a correlation that is not defined as none", () => {
    const none = { value: null, low: null, high: null, p: null };
    const row = tellVerdict({
      name: "ENAS",
      seed: 1,
      verdict: { ...verdict, ranks: { ...verdict.ranks, kendall: none } },
    });
    equal(row["Kendall τ [95 %]"], null);
  });
});
