import { deepEqual, equal, ok } from "node:assert/strict";

import { checkDimensions, samplePoint } from "../../lib/optimise/dimension";
import { explainOptimisation } from "../../lib/optimise/explain-optimisation";
import type { OptimisationTrial } from "../../lib/optimise/optimise-in-run";
import { createRandom } from "../../lib/runtime/random";

describe("explainOptimisation(dimensions, trials, random)", function () {
  this.timeout(60_000);

  it("names the setting that made the difference, and draws nothing else of the same trials and seed", () => {
    const unit = { kind: "number", from: 0, to: 1 } as const;
    const dimensions = checkDimensions({ nothing: unit, rate: unit });
    const random = createRandom(3);
    const trials = Array.from({ length: 30 }, (): OptimisationTrial => {
      const point = samplePoint(dimensions, random);
      const value = 0.8 + 0.1 * Math.sin(3 * (point.rate as number));
      return { point, value, fidelity: 1, bracket: 0, epochs: 3, parameters: 1, multiplyAdds: 1 };
    });
    const { importances, slices } = explainOptimisation(dimensions, trials, createRandom(1));
    equal(importances[0]!.name, "rate");
    ok(importances[0]!.total > 0.9 && importances[1]!.total < 0.1);
    deepEqual(
      slices.map(({ name }) => name),
      ["nothing", "rate"],
    );
    deepEqual(explainOptimisation(dimensions, trials, createRandom(1)), { importances, slices });
  });
});
