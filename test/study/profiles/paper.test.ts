import { deepEqual, equal, ok } from "node:assert/strict";

import { paper, paper524 } from "../../../lib/study/profiles/paper";
import { checkProfile, countUnits } from "./helpers";

describe("the profile paper", () => {
  it("checks out, and its hand-crafted networks take images of its size", () => {
    checkProfile(paper);
  });

  it("has three seeds on all folds and ten hand-crafted networks, each once", () => {
    equal(paper.seeds.length, 3);
    equal(paper.folds, null);
    equal(new Set(paper.handCrafted).size, 10);
    equal(countUnits(paper, 5), (1 + 3 + 10) * 3 * 5);
    ok(paper.results);
  });

  it("derives with the training that it gives the controls: the budget is equal", () => {
    deepEqual(paper.derive.training, paper.control.training);
  });

  it("differs from the study of 524 images by these alone", () => {
    checkProfile(paper524);
    deepEqual(paper524, { ...paper, profile: "paper-524", purpose: paper524.purpose, sample: paper524.sample });
    equal(paper524.sample!.count, 524);
    equal(paper524.sample!.by, "patient");
  });
});
