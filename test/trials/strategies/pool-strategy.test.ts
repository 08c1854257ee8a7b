import { deepEqual, equal, ok } from "node:assert/strict";

import { Seen } from "../../../lib/trials/strategies/pool-strategy";

describe("what a strategy has seen", () => {
  it("takes out how hard each fold is", () => {
    const seen = new Seen();
    // Fold 1 is easier by .2: candidate 2 was lucky in its fold, and is the worse one.
    seen.note({ candidate: 1, fold: 0 }, 0.7);
    seen.note({ candidate: 3, fold: 0 }, 0.6);
    seen.note({ candidate: 2, fold: 1 }, 0.8);
    seen.note({ candidate: 3, fold: 1 }, 0.85);
    ok(seen.level(1) > seen.level(2));
    equal(seen.best(), 1);
    equal(seen.best([2, 3]), 3);
    deepEqual(seen.candidates(), [1, 3, 2]);
    deepEqual([seen.count(3), seen.count(9)], [2, 0]);
    deepEqual([seen.has({ candidate: 3, fold: 1 }), seen.has({ candidate: 1, fold: 1 })], [true, false]);
  });

  it("gives the first of those that nothing is known of", () => {
    equal(new Seen().best([5, 6]), 5);
    equal(new Seen().best(), 0);
  });
});
