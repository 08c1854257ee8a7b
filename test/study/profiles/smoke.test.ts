import { equal, match, ok } from "node:assert/strict";

import { smoke } from "../../../lib/study/profiles/smoke";
import { checkProfile, countUnits } from "./helpers";

describe("the profile smoke", () => {
  it("checks out, and its hand-crafted networks take images of its size", () => {
    checkProfile(smoke);
  });

  it("is small, and says that its numbers are none", () => {
    equal(smoke.results, false);
    match(smoke.purpose, /Its numbers are not results/);
    ok(countUnits(smoke, 5) <= 10, `${countUnits(smoke, 5)} trainings`);
    ok(smoke.training.epochs! <= 5 && smoke.search.options.epochs! <= 6 && smoke.preparation.size! <= 32);
    ok(
      smoke.handCrafted.every((name) => ["plain CNN", "CNN3"].includes(name)),
      "no large network",
    );
  });

  it("has everything in it that a study has", () => {
    ok(smoke.controls >= 1 && smoke.handCrafted.length >= 2 && smoke.folds!.length >= 2);
  });
});
