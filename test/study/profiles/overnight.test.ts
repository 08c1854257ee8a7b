import { deepEqual, equal, ok } from "node:assert/strict";

import { overnight } from "../../../lib/study/profiles/overnight";
import { checkProfile, countUnits } from "./helpers";

describe("the profile overnight", () => {
  it("checks out, and its hand-crafted networks take images of its size", () => {
    checkProfile(overnight);
  });

  it("uses all images on all folds, and searches twice on smaller ones", () => {
    equal(overnight.sample, null);
    equal(overnight.folds, null);
    deepEqual(overnight.search.seeds, [1, 2]);
    ok(overnight.search.size! < overnight.preparation.size!);
  });

  it("derives with the training that it gives the controls: the budget is equal", () => {
    deepEqual(overnight.derive.training, overnight.control.training);
  });

  it("trains less than the whole study does", () => {
    equal(countUnits(overnight, 5), (1 + 2 + 5) * 5);
  });
});
