import { deepEqual } from "node:assert/strict";

import type { NestedRow } from "../../lib/tabular/nested-rows";
import {
  fidelityTable,
  nestedTable,
  referencesTable,
  scoresTable,
  spacesTable,
  testedTable,
} from "../../lib/tabular/outcome-tables";

describe("fidelityTable(outcomes)", () => {
  it("has a row a number, with its interval where it has one", () => {
    const outcome = { what: "reliability", value: 0.8678, low: -0.1, high: 0.9, networks: 24 };
    deepEqual(fidelityTable([outcome, { ...outcome, low: null, high: null }]), [
      { "what it is": "reliability", value: "0.868", "95 %": "[−0.100, 0.900]", networks: 24 },
      { "what it is": "reliability", value: "0.868", "95 %": null, networks: 24 },
    ]);
  });
});

describe("spacesTable(comparisons)", () => {
  it("has the means and best tenths of both, and the probability that one is above the other", () => {
    const compared = { spaces: "shape and macro", means: [0.84, 0.85], bestTenth: [0.9, 0.89] } as const;
    const [row] = spacesTable([{ ...compared, probability: 0.53, p: 1, distance: 0.1, pOfDistance: 0.9 }]);
    deepEqual(Object.values(row!), ["shape and macro", "0.840", "0.850", "0.900", "0.890", "0.530", "1.000"]);
  });
});

describe("scoresTable(outcomes)", () => {
  it("has τ and what is left of it given size, with their intervals", () => {
    const outcome = { score: "D", networks: 24, supernets: 3, tau: 0.05, interval: [-0.2, 0.29] as const };
    deepEqual(scoresTable([{ ...outcome, partial: -0.001, partialInterval: [-0.19, 0.26] }]), [
      { score: "D", networks: 24, supernets: 3, τ: "0.05 [−0.20, 0.29]", "τ given size": "0.00 [−0.19, 0.26]" },
    ]);
  });
});

const row = (arm: string, fold: number, area: number): NestedRow => ({
  ...{ arm, fold, search: 1, areas: [area], network: "abc", code: [1], parameters: 1, multiplyAdds: 1 },
  ...{ trainings: 1, cpuSeconds: 1, supernetSeconds: 0, protocol: "def", logits: { from: 0, count: 0 } },
});

describe("testedTable(rows)", () => {
  it("has means of each arm over its outer folds and searches, seeds of a network first, and no search of a network beside them", () => {
    const second = { ...row("race", 2, 0), areas: [0.8, 0.84], parameters: 4, trainings: 4, cpuSeconds: 3 };
    const plain = { ...row("plain", 1, 0.85), search: null };
    deepEqual(testedTable([row("race", 1, 0.9), second, plain]), [
      {
        ...{ arm: "race", "tested networks": 2, "mean area": "0.8600", "least and most": "0.820 to 0.900" },
        ...{ parameters: 3, "multiply-adds": 1, "trainings of a search": 3, "CPU seconds of a search": 2 },
      },
      {
        ...{ arm: "plain", "tested networks": 1, "mean area": "0.8500", "least and most": "0.850 to 0.850" },
        ...{ parameters: 1, "multiply-adds": 1, "trainings of a search": null, "CPU seconds of a search": null },
      },
    ]);
  });
});

describe("nestedTable(rows)", () => {
  it("holds each arm against the first, and has no row where there is one arm or none", () => {
    deepEqual(nestedTable([]), []);
    deepEqual(nestedTable([row("race", 1, 0.8)]), []);
    deepEqual(nestedTable([row("race", 1, 0.8), row("hybrid", 1, 0.79)]), [
      { arms: "hybrid less race", "difference of areas": "−0.0100", "95 %": null, pairs: 1, "within ± .003": false },
    ]);
  });

  it("takes no network for an arm that was not searched for", () => {
    deepEqual(nestedTable([{ ...row("plain", 1, 0.8), search: null }, row("race", 1, 0.8)]), []);
  });
});

describe("referencesTable(outcomes)", () => {
  it("has the difference with both intervals, what of the cost is left, and whether winners dominate", () => {
    const outcome = { arm: "small", reference: "plain CNN", difference: 0.00123, ofNetworks: [-0.002, 0.004] as const };
    const cost = { parameters: 0.456, multiplyAdds: 0.5, dominates: true };
    deepEqual(referencesTable([{ ...outcome, ...cost, ofSearches: null, folds: 5 }]), [
      {
        ...{ networks: "small less plain CNN", "difference of areas": "0.0012", "outer folds": 5 },
        ...{ "95 %, these networks": "[−0.0020, 0.0040]", "95 %, searches to come": null },
        ...{ parameters: "0.46 ×", "multiply-adds": "0.50 ×", dominates: true },
      },
    ]);
  });
});
