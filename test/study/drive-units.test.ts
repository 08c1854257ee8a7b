import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";

import { deriveWinner } from "../../lib/derive/derive-winner";
import { trainControl } from "../../lib/derive/random-control";
import { describeRuntime } from "../../lib/runtime/tensorflow";
import { runSearch } from "../../lib/search/run-search";
import { driveUnits } from "../../lib/study/drive-units";
import { controlFolder, deriveFolder, placeOf, searchFolder } from "../../lib/study/layout";
import { openStudy, type Study } from "../../lib/study/open-study";
import { outcomeOf } from "../../lib/study/outcome-of";
import { foundPlan, handCraftedPlan } from "../../lib/study/validation-plans";
import { keepWinner } from "../../lib/study/winner";
import { readJournal } from "../../lib/units/journal";
import { runPlan } from "../../lib/validate/run-plan";
import { captureOutput } from "../helpers/capture";
import { temporaryFolder } from "../helpers/temporary";
import { smallStudy } from "./small-study";

/** Does all of a study in this process, one thing after the other, without any unit. */
async function doAlone(study: Study): Promise<void> {
  const { search: settings, derive, control } = study.settings;
  const images = study.searchImages();
  const common = { search: searchFolder(study, 1), images, watch: null };
  await runSearch(common.search, { images, options: { ...settings.options, seed: 1 }, watch: null });
  const derivation = await deriveWinner(deriveFolder(study, 1), { ...common, options: { ...derive, seed: 1 } });
  const drawn = await trainControl(controlFolder(study, 1), { ...common, options: { ...control, seed: 1 } });
  const winner = keepWinner(study, [{ seed: 1, ...derivation }], [{ seed: 1, drawn }]);
  const { threads } = describeRuntime();
  await runPlan(placeOf(study, "found"), { ...foundPlan(study, winner), threads }, { watch: null });
  await runPlan(placeOf(study, "handCrafted"), { ...handCraftedPlan(study), threads }, { watch: null });
}

describe("driveUnits(study, wanted, options)", function () {
  this.timeout(300_000);
  const folder = temporaryFolder();
  const other = temporaryFolder();

  it("does a study by processes of its own, each unit once, to the outcome of one that was done in one process", async () => {
    const study = await openStudy(smallStudy, folder.path);
    const all = () => driveUnits(study, () => true, { workers: 2 });
    // Begun as a notebook does, with a part of it.
    await captureOutput(() => driveUnits(study, ({ kind }) => kind === "search"));
    equal(outcomeOf(study).runs.filter(({ hash }) => hash !== null).length, 1);
    const said = await captureOutput(all);
    match(said, /1 of 17 done/);
    match(said, /17 of 17 done\n$/);
    const { hash } = outcomeOf(study);
    const done = readJournal(study.path("units")).next();
    equal(new Set(done.map(({ unit }) => unit)).size, 17);
    equal(done.length, 17);
    // Nothing is done again.
    equal(await captureOutput(all), "");

    const alone = await openStudy(smallStudy, other.path);
    await captureOutput(() => doAlone(alone));
    equal(outcomeOf(alone).hash, hash);

    // What was done by others, with no unit of it there, is done; what is lost is done again, and nothing else.
    rmSync(study.path("validation", "hand-crafted", "units"), { recursive: true });
    for (const part of ["scores", "candidates"])
      rmSync(study.path("derive", "uniform-seed-1", part), { recursive: true });
    rmSync(study.path("units", "evaluate"), { recursive: true });
    await captureOutput(all);
    equal(outcomeOf(study).hash, hash);
    deepEqual(
      ["scores", "candidates"].map((part) => existsSync(study.path("derive", "uniform-seed-1", part))),
      [false, false],
    );
  });

  it("goes on with the others where a unit fails, and says what failed and how much waits for it", async () => {
    const study = await openStudy(smallStudy, folder.path);
    // A folder that is taken by something else.
    writeFileSync(study.path("search"), "");
    await captureOutput(() =>
      rejects(
        driveUnits(study, () => true, { workers: 2 }),
        /1 unit is not done\. uniform policy search, seed 1 \(search\/uniform-seed-1\): .* 13 more wait for what failed/s,
      ),
    );
    equal(existsSync(study.path("evaluations", "cnn3.json")), true);
    match(readFileSync(study.path("units", "journal.jsonl"), "utf8"), /hand-crafted-cnn3/);
  });
});
