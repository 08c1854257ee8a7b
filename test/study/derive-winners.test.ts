import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { existsSync } from "node:fs";

import { hashArchitecture } from "../../lib/space/encode";
import { deriveWinners, runUniformControl, trainControls } from "../../lib/study/derive-winners";
import { openStudy, type Study } from "../../lib/study/open-study";
import { runSearches } from "../../lib/study/run-searches";
import { readWinner } from "../../lib/study/winner";
import { storedFolders } from "../compatibility/stored";
import { captureOutput } from "../helpers/capture";
import { temporaryFolder } from "../helpers/temporary";

describe("runSearches, deriveWinners, trainControls and runUniformControl(study)", function () {
  this.timeout(120_000);
  const stored = storedFolders();
  const folder = temporaryFolder();
  const open = () => openStudy({ profile: "smoke", dataset: "phantom" }, stored.path);
  /** The same study, with another setting than its folder says. */
  const changed = (study: Study): Study => {
    const options = { ...study.settings.search.options, epochs: 1 };
    return { ...study, settings: { ...study.settings, search: { ...study.settings.search, options } } };
  };

  it("give what is done again", async () => {
    const study = await open();
    const [search] = await runSearches(study);
    equal(search!.epochs.length, study.settings.search.options.epochs);
    const [derivation] = await deriveWinners(study);
    equal(hashArchitecture(derivation!.winner.architecture), readWinner(study).winner.hash);
    const [control] = await trainControls(study);
    equal(control!.drawn.length, study.settings.control.count);
    equal((await runUniformControl(study))!.seed, 1);
  });

  it("compute nothing by settings that were changed after the study was opened", async () => {
    const study = changed(await open());
    for (const run of [runSearches, deriveWinners, trainControls, runUniformControl])
      await rejects(run(study), /settings were changed after the study was opened.*search\.options\.epochs/);
  });

  it("name the notebook to run where there is no search yet", async () => {
    const study = await openStudy({ profile: "smoke", dataset: "phantom" }, folder.path);
    for (const run of [deriveWinners, trainControls])
      await rejects(run(study), /The search with the seed 1 of phantom-smoke is missing\. Run 03_enas_search/);
  });

  it("have no second uniform search where the study's own is uniform, and say so", async () => {
    const changes = { search: { options: { strategy: { kind: "uniform" } } } } as const;
    const study = await openStudy({ profile: "smoke", dataset: "phantom", changes }, folder.path);
    const results: unknown[] = [];
    const said = await captureOutput(async () => results.push(await runUniformControl(study)));
    deepEqual(results, [null]);
    match(said, /own strategy, "uniform policy", is uniform: there is no second uniform search/);
    equal(existsSync(study.path("search")), false);
  });
});
