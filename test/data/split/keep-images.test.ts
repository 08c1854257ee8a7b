import { deepEqual, equal } from "node:assert/strict";

import { keepImages } from "../../../lib/data/split/keep-images";
import type { Split } from "../../../lib/data/split/split";

describe("keepImages(split, kept, why)", () => {
  it("leaves the others out of every part, in the order that was, and says why in its name", () => {
    const folds = [{ name: "fold 1", train: ["a", "b"], validation: ["c"], test: ["d", "e"] }];
    const kept = keepImages({ name: "5-fold", folds } as unknown as Split, new Set(["e", "b", "d"]), "where it shows");
    deepEqual(kept.folds, [{ name: "fold 1", train: ["b"], validation: [], test: ["d", "e"] }]);
    equal(kept.name, "5-fold, where it shows");
  });
});
