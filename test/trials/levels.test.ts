import { deepEqual, equal, ok } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { levelsOf } from "../../lib/trials/levels";

describe("levelsOf(trainings)", () => {
  it("takes out how hard folds are, and gives intervals that hold the truth as often as they say", () => {
    const random = createRandom(8);
    let [held, all] = [0, 0];
    for (let world = 0; world < 300; world++) {
      const worth = Array.from({ length: 8 }, () => 0.01 * random.normal());
      const hardness = [0, 0.05, -0.04, 0.02];
      const trainings = worth.flatMap((own, candidate) =>
        hardness.map((easy, fold) => ({ candidate, fold, area: 0.85 + own + easy + 0.01 * random.normal() })),
      );
      const centre = worth.reduce((sum, own) => sum + own, 0) / worth.length;
      const found = levelsOf(trainings);
      // Levels are against the mean of those that were trained.
      const middle = found.reduce((sum, { value }) => sum + value, 0) / found.length;
      for (const { candidate, low, high } of found) {
        const truth = middle + worth[candidate]! - centre;
        held += Number(truth >= low! && truth <= high!);
        all += 1;
      }
    }
    ok(held / all > 0.94 && held / all < 0.98, `${held / all}`);
  });

  it("has no interval where none was trained twice, and a narrower one for who was trained more often", () => {
    const once = levelsOf([
      { candidate: 4, fold: 0, area: 0.7 },
      { candidate: 2, fold: 0, area: 0.8 },
    ]);
    deepEqual(once, [
      { candidate: 4, value: 0.7, low: null, high: null, trainings: 1 },
      { candidate: 2, value: 0.8, low: null, high: null, trainings: 1 },
    ]);
    const more = levelsOf([
      { candidate: 0, fold: 0, area: 0.7 },
      { candidate: 0, fold: 1, area: 0.74 },
      { candidate: 1, fold: 0, area: 0.8 },
      { candidate: 1, fold: 1, area: 0.78 },
      { candidate: 2, fold: 1, area: 0.78 },
    ]);
    const width = (place: number) => more[place]!.high! - more[place]!.low!;
    ok(Math.abs(width(2) / width(0) - Math.SQRT2) < 1e-9);
    equal(more[2]!.trainings, 1);
  });
});
