import { equal, ok } from "node:assert/strict";

import { caseNames, contenderNames, memoryNeed } from "../../lib/bench/cases";

describe("memoryNeed(name, size, contenders)", () => {
  it("is the sum over the contenders that are alive together", () => {
    for (const name of caseNames) {
      const alone = contenderNames.map((contender) => memoryNeed(name, 32, [contender]));
      equal(
        memoryNeed(name, 32, contenderNames),
        alone.reduce((sum, need) => sum + need, 0),
      );
    }
    equal(memoryNeed("reward", 64, []), 0);
  });

  it("is more for larger images", () => {
    for (const name of caseNames)
      for (const contender of contenderNames)
        ok(memoryNeed(name, 64, [contender]) > memoryNeed(name, 32, [contender]), `${name} ${contender}`);
  });
});
