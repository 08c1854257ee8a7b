import { deepEqual, equal } from "node:assert/strict";

import { countLevels, greatestOf, levelsOf, pickLevels } from "../../lib/statistics/levels";

describe("levels of numbers", () => {
  const levels = levelsOf([5, -1, 5, 3, -0, 0]);

  it("are their places among the different ones", () => {
    deepEqual([...levels], [4, 1, 4, 3, 2, 2]);
    deepEqual([...levelsOf([])], []);
  });

  it("can be chosen and counted", () => {
    deepEqual([...pickLevels(levels, [3, 0, 0])], [3, 4, 4]);
    deepEqual([...countLevels(levels)], [0, 1, 2, 1, 2]);
    equal(greatestOf(levels), 4);
    equal(greatestOf(new Int32Array()), 0);
  });
});
