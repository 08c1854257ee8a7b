import { deepEqual, equal, ok } from "node:assert/strict";

import { quick } from "../../../lib/study/profiles/quick";
import { checkProfile, countUnits } from "./helpers";

describe("the profile quick", () => {
  it("checks out, and its hand-crafted networks take images of its size", () => {
    checkProfile(quick);
  });

  it("trains the found network and the hand-crafted ones a few times on a sample of whole patients", () => {
    equal(quick.results, true);
    equal(quick.sample!.count, 800);
    equal(quick.sample!.by, "patient");
    ok(countUnits(quick, 5) <= 15, `${countUnits(quick, 5)} trainings`);
    deepEqual(quick.folds, [1, 2]);
  });

  it("derives with the training that it gives the controls: the budget is equal", () => {
    deepEqual(quick.derive.training, quick.control.training);
  });
});
