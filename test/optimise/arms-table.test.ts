import { deepEqual } from "node:assert/strict";

import { armsTable } from "../../lib/optimise/arms-table";
import type { Optimisation } from "../../lib/optimise/optimise-in-run";
import type { ArmResult } from "../../lib/optimise/run-arms";

describe("armsTable(results)", () => {
  it("has a row an arm, with what was chosen by beside what it is worth, and what the looking took", () => {
    const best = { value: 0.95, parameters: 1000 };
    const optimisation = { best, trials: [], seconds: [60, 120] } as unknown as Optimisation;
    const results: ArmResult[] = [
      { arm: "B", seed: 1, optimisation, areas: [0.9, 0.92] },
      { arm: "B", seed: 2, optimisation, areas: [0.91, 0.93] },
      { arm: "as it is", seed: 1, optimisation: null, areas: [0.9] },
      { arm: "as it is", seed: 2, optimisation: null, areas: [0.92] },
    ];
    const [first, second] = armsTable(results);
    deepEqual(
      [first!["chosen by"], first!["on other folds"], first!.parameters, first!["processor minutes"]],
      [0.95, 0.915, 1000, 3],
    );
    deepEqual([second!["chosen by"], second!["first arm less this"]], [null, "+0.0050"]);
    deepEqual(second!["processor minutes"], null);
  });
});
