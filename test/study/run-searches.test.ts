import { throws } from "node:assert/strict";
import { join } from "node:path";

import { openRun } from "../../lib/runs/open-run";
import type { Json } from "../../lib/runs/state";
import { checkSearch } from "../../lib/search/search-options";
import { smoke } from "../../lib/study/profiles/smoke";
import { searchFolder } from "../../lib/study/layout";
import { requireSearches } from "../../lib/study/run-searches";
import { temporaryFolder } from "../helpers/temporary";

describe("the folders of a study's searches", () => {
  const folder = temporaryFolder();
  const path = (...parts: string[]) => join(folder.path, ...parts);
  const study = { path, name: "phantom-smoke", settings: { ...smoke, search: { ...smoke.search, seeds: [1, 4] } } };
  const configurationOf = (seed: number) => checkSearch({ ...study.settings.search.options, seed }) as unknown as Json;
  const search = (seed: number, done: boolean) => {
    const run = openRun(searchFolder(study, seed), {
      kind: "search",
      configuration: configurationOf(seed),
      inputs: {},
    });
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

  it("must be the study's own: one that was set otherwise in a cell is refused, with what differs", () => {
    search(1, true);
    search(4, true);
    const options = { ...study.settings.search.options, epochs: 9 };
    const other = { ...study, settings: { ...study.settings, search: { ...study.settings.search, options } } };
    throws(() => {
      requireSearches(other);
    }, /enas-seed-1 has a search that is not set as the study is: epochs is 4 there and 9 here\. Move it away/);
  });
});
