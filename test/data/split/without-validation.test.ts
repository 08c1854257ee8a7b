import { deepEqual, equal } from "node:assert/strict";

import type { Split } from "../../../lib/data/split/split";
import { withoutValidation } from "../../../lib/data/split/without-validation";

describe("withoutValidation(split)", () => {
  it("learns from what was validated on, keeps what is tested, and says so in its name", () => {
    const folds = [{ name: "fold 1", train: ["a", "b"], validation: ["c"], test: ["d"] }];
    const split = { name: "5-fold", folds } as unknown as Split;
    const joined = withoutValidation(split);
    deepEqual(joined.folds, [{ name: "fold 1", train: ["a", "b", "c"], validation: [], test: ["d"] }]);
    equal(joined.name, "5-fold, which is learned from too");
    deepEqual(split.folds[0]!.validation, ["c"]);
  });
});
