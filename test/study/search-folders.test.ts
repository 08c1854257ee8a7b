import { throws } from "node:assert/strict";
import { join } from "node:path";

import { openRun } from "../../lib/runs/open-run";
import { smoke } from "../../lib/study/profiles/smoke";
import { searchFolder } from "../../lib/study/layout";
import { requireSearches } from "../../lib/study/search-folders";
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
