import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { checkBrackets, epochsOf, fidelityOf, pointsOfRungs } from "../../lib/optimise/brackets";
import { Problem } from "../../lib/runtime/problem";

describe("checkBrackets(given), pointsOfRungs, epochsOf and fidelityOf", () => {
  it("halve successively, as published: 9 points for 3 epochs, 3 for 9, 1 for 27", () => {
    const brackets = checkBrackets({ count: 2 });
    deepEqual(pointsOfRungs(brackets), [9, 3, 1]);
    equal(epochsOf(brackets), 2 * 81);
    deepEqual(
      [0, 1, 2].map((rung) => Number(fidelityOf(brackets, rung).toFixed(12))),
      [0, 0.5, 1],
    );
    equal(fidelityOf({ epochs: [5] }, 0), 1);
  });

  it("count whole powers as they are, in spite of rounding", () => {
    deepEqual(pointsOfRungs(checkBrackets({ epochs: [1, 2, 3, 4, 5], points: 81 })), [81, 27, 9, 3, 1]);
  });

  it("refuse rungs that do not grow, and points of which none reaches the last", () => {
    for (const [given, expected] of [
      [{ epochs: [3, 2] }, /fewest to the most/],
      [{ points: 8 }, /Begin with 9 points/],
      [{ factor: 1 }, /factor/],
      [{ rungs: 2 }, /rungs/],
    ] as const)
      throws(
        () => checkBrackets(given as never),
        (error: unknown) => error instanceof Problem && expected.test(error.message),
        String(expected),
      );
    ok(checkBrackets({ points: 1, epochs: [4] }));
  });
});
