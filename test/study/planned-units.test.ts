import { deepEqual, equal } from "node:assert/strict";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";

import { placeIn } from "../../lib/study/layout";
import { smoke } from "../../lib/study/profiles/smoke";
import { partsOf, plannedUnits } from "../../lib/study/planned-units";
import { unitsFile } from "../../lib/validate/plan-folder";
import { temporaryFolder } from "../helpers/temporary";
import { filledStudy } from "./helpers";

describe("partsOf(settings)", () => {
  const settings = {
    search: smoke.search,
    controls: 1,
    handCrafted: ["CNN3"],
    seeds: [1, 2],
    folds: [1, 2, 3],
    tuning: null,
    combine: null,
  } as const;

  it("counts the units of each part, and those of inner folds where there are some", () => {
    deepEqual(partsOf({ ...settings, innerFolds: null }), [
      { part: "found", units: 12 },
      { part: "handCrafted", units: 6 },
    ]);
    deepEqual(partsOf({ ...settings, innerFolds: 4 }), [
      ...[
        { part: "found", units: 12 },
        { part: "partsFound", units: 48 },
      ],
      ...[
        { part: "handCrafted", units: 6 },
        { part: "partsHandCrafted", units: 24 },
      ],
    ]);
    const trials = { furtherBudgets: [{}, {}] };
    const [found] = partsOf({ ...settings, innerFolds: null, search: { ...smoke.search, trials } });
    deepEqual(found, { part: "found", units: 24 });
    equal(partsOf({ ...settings, handCrafted: [], innerFolds: 4 }).some(({ part }) => part === "partsHandCrafted"), false); // prettier-ignore
  });
});

describe("plannedUnits(study, part)", () => {
  const made = filledStudy();
  const folder = temporaryFolder();

  it("lists each network on each fold with its folder", () => {
    const found = plannedUnits(made.study, "found")!;
    deepEqual([found.length, plannedUnits(made.study, "handCrafted")!.length], [4, 4]);
    equal(new Set(found.map(({ title }) => title)).size, 4);
    equal(
      found.every((unit) => existsSync(unit.folder)),
      true,
    );
  });

  it("says that nothing is planned where a file of the plan is missing", () => {
    equal(plannedUnits(placeIn(folder.path), "found"), null);
    rmSync(join(made.study.path("validation", "found"), unitsFile));
    equal(plannedUnits(made.study, "found"), null);
  });
});
