import { equal, throws } from "node:assert/strict";
import { join } from "node:path";

import { openRun } from "../../lib/runs/open-run";
import { smoke } from "../../lib/study/profiles/smoke";
import { requireSearches, searchFolder } from "../../lib/study/search-folders";
import { temporaryFolder } from "../helpers/temporary";

describe("the folders of a study's searches", () => {
  const folder = temporaryFolder();
  const path = (...parts: string[]) => join(folder.path, ...parts);
  const study = { path, name: "phantom-smoke", settings: { ...smoke, search: { ...smoke.search, seeds: [1, 4] } } };
  const search = (seed: number, done: boolean) => {
    const run = openRun(searchFolder(study, seed), { kind: "search", configuration: { seed }, inputs: {} });
    if (done) run.finish({});
    run.close();
  };

  it("are one for each seed and each strategy", () => {
    equal(searchFolder(study, 1), path("search", "enas-seed-1"));
    const all = ["enas", "uniform", "evolution"] as const;
    equal(new Set(all.flatMap((strategy) => [1, 2].map((seed) => searchFolder(study, seed, strategy)))).size, 6);
  });

  it("must all be done: the first that is not is named, with the notebook to run", () => {
    const refused = (message: RegExp) => {
      throws(() => {
        requireSearches(study);
      }, message);
    };
    refused(/seed 1 of phantom-smoke is missing\..*Run 03_enas_search/s);
    search(1, true);
    refused(/seed 4 of phantom-smoke is missing/);
    search(4, false);
    refused(/seed 4 of phantom-smoke is not done\..*goes on where it was cut off/s);
    search(4, true);
    requireSearches(study);
  });
});
