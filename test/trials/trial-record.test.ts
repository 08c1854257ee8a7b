import { deepEqual, equal, throws } from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";

import { readRun } from "../../lib/runs/read-run";
import { searchByTrials } from "../../lib/trials/search-by-trials";
import {
  isTrialSearch,
  rankTrials,
  readTrialConfiguration,
  readTrials,
  readTrialSearch,
} from "../../lib/trials/trial-record";
import { temporaryFolder } from "../helpers/temporary";
import { tinySearchIn } from "../derive/helpers";
import { taskOf } from "./helpers";

describe("the record of a search by trials", () => {
  const root = temporaryFolder();

  it("orders candidates: the chosen one, then by trainings, then by what they are above others on the same folds", () => {
    const of = (candidate: number, fold: number, area: number) => ({
      ...{ candidate, fold, area, code: [candidate], parameters: 1, multiplyAdds: 1, shared: null },
    });
    // Fold 1 is easier by .2: candidate 2 was lucky in its fold.
    const trials = [of(0, 0, 0.6), of(1, 0, 0.7), of(2, 1, 0.8), of(3, 0, 0.65), of(3, 1, 0.9)];
    const ranked = rankTrials({ trials }, [0]);
    deepEqual(
      ranked.map(({ code }) => code[0]),
      [0, 3, 1, 2],
    );
    equal(ranked[1]!.trainings, 2);
  });

  it("tells what a search was set to, and is refused where it is none, is not done or lacks a file", async () => {
    const folder = join(root.path, "trials");
    const { trials } = await searchByTrials(folder, taskOf());
    deepEqual(readTrials(folder), trials, "what a search recorded on its way is what it says at its end");
    const { strategy, title, space, network, seed } = readTrialConfiguration(folder);
    deepEqual(
      [strategy, title, space.kind, network, seed],
      ["random-race", "random race", "macro", taskOf().settings, 3],
    );
    const shared = await tinySearchIn(root.path);
    equal(isTrialSearch(readRun(shared)), false);
    throws(() => readTrialSearch(shared), /holds a run of the kind "search", expected a search by trials/);
    rmSync(join(folder, "accounts.json"));
    throws(() => readTrialSearch(folder), /accounts\.json is missing/);
    rmSync(join(folder, "done.json"));
    throws(() => readTrialSearch(folder), /is not done/);
  }).timeout(30_000);
});
