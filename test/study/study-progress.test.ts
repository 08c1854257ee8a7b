import { deepEqual } from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";

import { placeIn } from "../../lib/study/layout";
import { smoke } from "../../lib/study/profiles/smoke";
import { countDone } from "../../lib/study/study-progress";
import { temporaryFolder } from "../helpers/temporary";
import { filledStudy } from "./helpers";

describe("countDone(study)", () => {
  const made = filledStudy();
  const folder = temporaryFolder();

  it("counts runs and trainings: all of a study that is at its end", () => {
    // Five runs, and four networks on two folds.
    deepEqual(countDone(made.study), { done: 13, total: 13 });
  });

  it("counts what is not planned yet by the settings", () => {
    deepEqual(countDone({ ...placeIn(folder.path), settings: smoke }), { done: 0, total: 13 });
    deepEqual(countDone({ ...placeIn(folder.path), settings: { ...smoke, folds: null, seeds: [1, 2] } }), {
      ...{ done: 0, total: 5 + 2 * 5 * 4 },
    });
  });

  it("counts none that is not done", () => {
    rmSync(join(made.study.path("control", "seed-1"), "done.json"));
    deepEqual(countDone(made.study), { done: 12, total: 13 });
  });
});
