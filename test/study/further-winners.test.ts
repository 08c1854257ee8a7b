import { deepEqual, equal, throws } from "node:assert/strict";
import { join } from "node:path";

import { furtherWinners } from "../../lib/study/further-winners";
import { namesOfFurther, placeIn } from "../../lib/study/layout";
import { smoke } from "../../lib/study/profiles/smoke";
import type { StudySettings } from "../../lib/study/study-settings";
import { hashArchitecture } from "../../lib/space/encode";
import { searchByTrials } from "../../lib/trials/search-by-trials";
import { readTrialSearch } from "../../lib/trials/trial-record";
import { mean } from "../../lib/statistics/summary";
import { encode } from "../../lib/space/encode";
import { temporaryFolder } from "../helpers/temporary";
import { taskOf } from "../trials/helpers";

const trials = { strategy: "random-race", furtherBudgets: [{}] } as const;
const settings: Pick<StudySettings, "search"> = { search: { ...smoke.search, seeds: [1, 2], trials } };

describe("furtherWinners(study) and namesOfFurther(study)", function () {
  this.timeout(60_000);
  const root = temporaryFolder();
  const study = () => ({ settings, ...placeIn(root.path) });
  const folderOf = (seed: number) => join(root.path, "search", `random-race-seed-${seed}-budget-2`);

  it("take of several seeds what its own trainings found best", async () => {
    for (const seed of [1, 2]) await searchByTrials(folderOf(seed), taskOf({ seed, limit: { trainings: 4 } }));
    const worth = [1, 2].map((seed) => {
      const { chosen, trials: all } = readTrialSearch(folderOf(seed));
      const code = encode({ kind: "macro", layers: 3 }, chosen).join();
      const areas = all.filter((trial) => trial.code.join() === code).map(({ area }) => area);
      return { seed, chosen, area: mean(areas) };
    });
    const best = worth.reduce((one, other) => (other.area > one.area ? other : one));
    deepEqual(furtherWinners(study()), [
      { hash: hashArchitecture(best.chosen), seed: best.seed, architecture: best.chosen },
    ]);
  });

  it("are none where there is one budget, and named by the strategy and the budget's number", () => {
    equal(furtherWinners({ ...study(), settings: { search: smoke.search } }).length, 0);
    deepEqual(namesOfFurther(study()), ["random race, budget 2"]);
  });

  it("say which search is not done", () => {
    throws(() => furtherWinners(study()), /random-race-seed-1-budget-2/);
  });
});
