import { deepEqual, equal } from "node:assert/strict";

import { haveBoxes, testedSplit } from "../../lib/study/tested-split";
import { smokeStudy } from "./helpers";

describe("testedSplit(study)", () => {
  it("has the folds that the study names, in its order, or all", async () => {
    const study = await smokeStudy("nowhere");
    const of = (folds: number[] | null) => testedSplit({ ...study, settings: { ...study.settings, folds } });
    equal(of(null), study.split);
    deepEqual(
      of([3, 1]).folds.map(({ name }) => name),
      ["fold 3", "fold 1"],
    );
    equal(of([2]).dataHash, study.split.dataHash);
  });
});

describe("haveBoxes(records)", () => {
  it("wants a box or an outline of every image", async () => {
    const { records } = await smokeStudy("nowhere");
    const [first] = records;
    const bare = { ...first!, masks: [] };
    const box = { left: 1, top: 1, width: 2, height: 2 };
    equal(haveBoxes(records), true);
    equal(haveBoxes([{ ...bare, box }]), true);
    const { box: _, ...none } = bare;
    equal(haveBoxes([...records, none]), false);
  });
});
