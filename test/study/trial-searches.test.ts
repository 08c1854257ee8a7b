import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";

import { captureOutput } from "../helpers/capture";
import { temporaryFolder } from "../helpers/temporary";
import { readRun } from "../../lib/runs/read-run";
import type { StudyChanges } from "../../lib/study/changes";
import { deriveWinners, runUniformControl, trainControls } from "../../lib/study/derive-winners";
import { costsOfUnits } from "../../lib/study/estimate-work";
import { controlOf, foundBy } from "../../lib/study/found-by";
import { furtherFolder, runsOf, searchFolder } from "../../lib/study/layout";
import { nameStudy } from "../../lib/study/name-study";
import { openStudy } from "../../lib/study/open-study";
import { countDone } from "../../lib/study/study-progress";
import { requireSearches, runSearches } from "../../lib/study/run-searches";
import { figuresOfSearches, tableOfSearches } from "../../lib/study/search-figures";
import { searchStep } from "../../lib/study/steps/search";
import type { PlannedStudy } from "../../lib/study/steps/step";
import { readSearches } from "../../lib/study/study-searches";
import { innerFoldsOf } from "../../lib/study/trial-searches";
import { keepVerdicts } from "../../lib/study/verdicts";
import { foundPlan } from "../../lib/study/validation-plans";
import { keepWinner, readWinner } from "../../lib/study/winner";
import { hashArchitecture } from "../../lib/space/encode";
import { readTrialConfiguration, readTrialSearch } from "../../lib/trials/trial-record";

const training = { epochs: 1, batchSize: 16 };
const changesOf = (trials: object): StudyChanges =>
  ({
    search: { options: { space: { kind: "shape" } }, trials: { training, candidates: 20, folds: 3, ...trials } },
    derive: { trained: 1, repeats: 2, training },
    control: { count: 2, training },
  }) as unknown as StudyChanges;
const choiceOf = (trials: object) => ({ profile: "smoke" as const, dataset: "phantom", changes: changesOf(trials) });
const budget = { multiplyAdds: [1e6, 6e6] };

describe("a study that searches by trials", function () {
  this.timeout(600_000);
  const root = temporaryFolder();

  it("searches, derives, draws controls within the budget, and holds itself against a random race; images stay apart", async () => {
    const further = [{ multiplyAdds: [6e6, 20e6] }];
    const trials = { strategy: "ridge", budget, furtherBudgets: further, limit: { trainings: 5 } };
    const study = await openStudy(choiceOf(trials), root.path);
    deepEqual(foundBy(study), { name: "ridge predictor", slug: "ridge", uniform: false });
    deepEqual(controlOf(study), { name: "random race", slug: "random-race" });
    const said = await captureOutput(async () => {
      await runSearches(study);
      requireSearches(study);
      const [derivations, controls] = [await deriveWinners(study), await trainControls(study)];
      equal((await runUniformControl(study))!.seed, 1);
      const { further } = keepWinner(study, derivations, controls);
      const { chosen } = readTrialSearch(furtherFolder(searchFolder(study, 1), 2));
      deepEqual(further, [{ hash: hashArchitecture(chosen), seed: 1, architecture: chosen }]);
      deepEqual(
        foundPlan(study, readWinner(study)).models.map(({ name, kind }) => [name, kind]),
        [
          ["ridge predictor", "found"],
          ["ridge predictor, budget 2", "found"],
          ["random 1", "control"],
        ],
      );
      const bounded = [...derivations[0]!.candidates, ...controls[0]!.drawn];
      ok(bounded.every(({ multiplyAdds }) => multiplyAdds >= 1e6 && multiplyAdds <= 6e6));
    });
    match(said, /made 5 trainings in \d+ processor seconds/);
    deepEqual(
      runsOf(study).map(({ title }) => title),
      [
        ...["ridge predictor search, seed 1", "ridge predictor search, seed 1, budget 2"],
        ...["ridge predictor derivation, seed 1", "random control, seed 1"],
        ...["random race search, seed 1", "random race derivation, seed 1"],
      ],
    );
    equal(countDone(study).done, 6);
    const second = readTrialSearch(furtherFolder(searchFolder(study, 1), 2));
    ok(second.trials.every(({ multiplyAdds }) => multiplyAdds > 6e6));

    // What the derivation judges on, and what the fold tests, no candidate has learned from or been validated on.
    const { train, validation, test } = study.searchFold;
    const inner = innerFoldsOf(study, { folds: 3 });
    deepEqual([...new Set(inner.flatMap((fold) => fold.validation))].sort(), [...train].sort());
    for (const fold of inner) {
      const used = new Set([...fold.train, ...fold.validation]);
      ok([...validation, ...test].every((id) => !used.has(id)));
      const patients = new Map(study.records.map(({ id, patient }) => [id, patient]));
      const learned = new Set(fold.train.map((id) => patients.get(id)));
      ok(fold.validation.every((id) => !learned.has(patients.get(id))));
    }

    const [own, control] = readSearches(study);
    deepEqual([own!.trials!.value!.trials.length, control!.name, control!.own], [5, "random race", false]);
    const { verdicts, missing } = keepVerdicts(study);
    deepEqual([verdicts.length, missing], [2, []]);
    equal(figuresOfSearches(study).length, 2);
    const [row] = tableOfSearches(study);
    deepEqual([row!.search, row!.trainings], ["ridge predictor", 5]);
    const outcome = readRun(searchFolder(study, 1)).outcome!.hash;
    await captureOutput(() => runSearches(study));
    equal(readRun(searchFolder(study, 1)).outcome!.hash, outcome);
    deepEqual(readTrialConfiguration(searchFolder(study, 1)).priced.budget, budget);
  });

  it("is its own control where it is a random race, and counts supernets as runs of their own", () => {
    const race = nameStudy(choiceOf({ limit: { trainings: 3 } }), root.path);
    equal(controlOf(race), null);
    deepEqual(
      runsOf(race).map(({ title }) => title),
      ["random race search, seed 1", "random race derivation, seed 1", "random control, seed 1"],
    );
    const planned = { ...race, costs: costsOfUnits(race.settings, { images: 240, folds: 5 }), threadsOf: () => 1 };
    deepEqual(
      searchStep.list(planned as unknown as PlannedStudy).map(({ name, needs }) => [name, needs]),
      [["search/random-race-seed-1", []]],
    );
    const hybrid = nameStudy(choiceOf({ strategy: "hybrid", supernet: { epochs: 2 } }), root.path);
    deepEqual(
      runsOf(hybrid)
        .slice(0, 3)
        .map(({ title }) => title),
      [
        ...["supernet of inner fold 2, seed 1", "supernet of inner fold 3, seed 1"],
        "ridge with shared scores search, seed 1",
      ],
    );
    const units = { ...hybrid, costs: costsOfUnits(hybrid.settings, { images: 240, folds: 5 }), threadsOf: () => 1 };
    const supernets = ["search/supernet-seed-1/fold-2", "search/supernet-seed-1/fold-3"];
    deepEqual(
      searchStep.list(units as unknown as PlannedStudy).map(({ name, needs }) => [name, needs]),
      [
        ["search/hybrid-seed-1", supernets],
        ["search/random-race-seed-1", []],
      ],
    );
  });

  it("is refused before anything is trained where its settings do not fit", async () => {
    const refused = (trials: object, message: RegExp) => {
      throws(() => nameStudy(choiceOf(trials), root.path), message);
    };
    refused({ strategy: "rdige" }, /search\.trials\.strategy: "rdige"/);
    refused({ strategy: "hybrid" }, /there is no supernet/);
    refused({ budget: { multiplyAdds: [1, 9] } }, /search\.trials.*below the cheapest network/);
    refused({ furtherBudgets: [{ parameters: [1, 9] }] }, /below the cheapest network/);
    refused({ budget: { milliseconds: [1, 9] } }, /without a table of latencies/);
    const unscorable = openStudy(choiceOf({ strategy: "shared", supernet: { epochs: 1 } }), root.path);
    await rejects(unscorable, /51 validation images, expected at least 128/);
  });
});
