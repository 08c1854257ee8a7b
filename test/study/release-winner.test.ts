import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readMask, readPicture } from "../../lib/data/records/read-pixels";
import { readPredictions } from "../../lib/evaluate/prediction-file";
import { loadRelease } from "../../lib/release/load-release";
import { fitTemperature } from "../../lib/statistics/fit-temperature";
import { createRandom } from "../../lib/runtime/random";
import { hashArchitecture } from "../../lib/space/encode";
import { sampleArchitecture } from "../../lib/space/sample";
import type { Study } from "../../lib/study/open-study";
import { releaseWinner } from "../../lib/study/release-winner";
import { planTrainingParts } from "../../lib/study/training-parts";
import { foundPlan } from "../../lib/study/validation-plans";
import { makePlanFolder } from "../../lib/validate/plan-folder";
import { readValidation } from "../../lib/validate/read-validation";
import { runUnit } from "../../lib/validate/run-unit";
import { describeRuntime } from "../../lib/runtime/tensorflow";
import { writeAtomically } from "../../lib/files/write-atomically";
import { outlinePhantoms } from "./found-outlines";
import { smokeStudy } from "./helpers";
import { microSpace } from "../helpers/spaces";

describe("releaseWinner(study, folder, foldName)", function () {
  this.timeout(240_000);
  let folder = "";
  const architecture = sampleArchitecture(microSpace(3), createRandom(5));
  const chosen = { hash: hashArchitecture(architecture), seed: 1, architecture };
  let study: Study;

  // One fold and one epoch of the real thing: training, sealing, prediction.
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "sononas test "));
    study = await smokeStudy(folder);
    const winner = { winner: chosen, winners: [chosen], controls: [] };
    writeAtomically(study.path("winner.json"), JSON.stringify(winner));
    const { threads } = describeRuntime();
    const plan = { ...foundPlan(study, winner), folds: [2], training: { epochs: 1, batchSize: 16 }, threads };
    await makePlanFolder(study.path("validation", "found"), plan, 1);
    await runUnit(study.path("validation", "found"), 1);
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("releases the network of a fold, which gives an image the probability that the cross-validation gave it", async () => {
    const target = join(folder, "release");
    const card = await releaseWinner(study, target);
    equal(card.network.architectureHash, chosen.hash);
    equal(card.data.images, study.split.folds[1]!.train.length);
    equal(card.testData!.images, study.split.folds[1]!.test.length);
    const learned = new Set(study.split.folds[1]!.train);
    const devices = study.records.filter(({ id }) => learned.has(id)).map(({ device }) => device!);
    deepEqual(card.data.devices, [...new Set(devices)].sort());
    ok(card.threshold > 0 && card.threshold < 1);
    ok(card.results.length === 4 && existsSync(join(target, "MODEL_CARD.md")));

    const { rows } = readValidation(study.path("validation", "found")).models[0]!.predictions;
    const tested = rows.find(({ part }) => part === "test")!;
    const record = study.records.find(({ id }) => id === tested.id)!;
    const model = await loadRelease(target);
    const mask = (await readMask(record)) ?? undefined;
    const { probability } = await model.predict(await readPicture(record), { mask });
    model.dispose();
    const expected = 1 / (1 + Math.exp(-tested.logit! / card.temperature));
    ok(Math.abs(probability - expected) < 1e-4, `${probability} is ${expected}`);
  });

  it("releases the fold's finder with it where one is named: from picture to probability with nothing drawn", async () => {
    const finder = join(folder, "outlines");
    await outlinePhantoms(finder, study, [1, 2]);
    const target = join(folder, "with finder");
    const { finder: card } = await releaseWinner(study, target, null, { finder });
    const fold = study.split.folds[1]!;
    equal(card!.testData!.images, fold.test.length);
    match(card!.sure.origin, /of the other folds/);
    const model = await loadRelease(target);
    const record = study.records.find(({ id }) => id === fold.test[0])!;
    const { outline, probability } = await model.predict(await readPicture(record));
    ok(outline!.mask !== null && probability > 0 && probability < 1);
    model.dispose();
    const masked = { ...study, prepared: { ...study.prepared, configuration: { ...study.prepared.configuration } } };
    Object.assign(masked.prepared.configuration, { channels: ["gray", "mask"] });
    await rejects(releaseWinner(masked, join(folder, "none"), null, { finder }), /given the expert's outlines/);
  });

  it("leaves what was released, and refuses the release of another network", async () => {
    const target = join(folder, "release");
    const before = readFileSync(join(target, "sononas.json"), "utf8");
    const again = await releaseWinner(study, target);
    equal(readFileSync(join(target, "sononas.json"), "utf8"), before);
    const other = sampleArchitecture(microSpace(3), createRandom(6));
    const others = { ...chosen, architecture: other, hash: hashArchitecture(other) };
    writeAtomically(study.path("winner.json"), JSON.stringify({ winner: others, winners: [others], controls: [] }));
    await rejects(releaseWinner(study, target), { message: /another network than the study's winner/ });
    deepEqual(again.network.architectureHash, chosen.hash);
  });

  it("leaves probabilities as they are and decides at 0.5 where the validation part was learned from", async () => {
    const own = { ...study, path: (...parts: string[]) => join(folder, "all learned from", ...parts) };
    const learning = { ...own, settings: { ...study.settings, learnFromValidation: true } };
    const winner = { winner: chosen, winners: [chosen], controls: [] };
    writeAtomically(own.path("winner.json"), JSON.stringify(winner));
    const { threads } = describeRuntime();
    const plan = { ...foundPlan(learning, winner), folds: [2], training: { epochs: 1, batchSize: 16 }, threads };
    await makePlanFolder(own.path("validation", "found"), plan, 1);
    await runUnit(own.path("validation", "found"), 1);
    const card = await releaseWinner(learning, own.path("release"));
    deepEqual([card.temperature, card.threshold], [1, 0.5]);
    const { train, validation } = study.split.folds[1]!;
    equal(card.data.images, train.length + validation.length);
  });

  it("chooses temperature and threshold on inner folds where the study has them, and not before they are done", async () => {
    const own = { ...study, path: (...parts: string[]) => join(folder, "inner folds", ...parts) };
    const inner = { ...own, settings: { ...study.settings, learnFromValidation: true, innerFolds: 2 } };
    const winner = { winner: chosen, winners: [chosen], controls: [] };
    writeAtomically(own.path("winner.json"), JSON.stringify(winner));
    const { threads } = describeRuntime();
    const outer = { ...foundPlan(inner, winner), folds: [2], training: { epochs: 1, batchSize: 16 } };
    await makePlanFolder(own.path("validation", "found"), { ...outer, threads }, 1);
    await runUnit(own.path("validation", "found"), 1);
    await rejects(releaseWinner(inner, own.path("release")), { message: /not been trained on inner folds/ });
    const parts = { ...planTrainingParts(inner, outer, 2), threads };
    await makePlanFolder(own.path("parts", "found"), parts, 1);
    await runUnit(own.path("parts", "found"), 1);
    await rejects(releaseWinner(inner, own.path("release")), { message: /1 networks of inner folds .* not done/ });
    await runUnit(own.path("parts", "found"), 2);
    const card = await releaseWinner(inner, own.path("release"));
    const held = [1, 2].flatMap(
      (part) =>
        readPredictions(own.path(`parts/found/units/enas/fold-2-part-${part}-seed-1/predictions.csv`), "ENAS").rows,
    );
    const judged = held.filter(({ part }) => part === "validation");
    const { train, validation } = study.split.folds[1]!;
    deepEqual(judged.map(({ id }) => id).sort(), [...train, ...validation].sort());
    const labels = judged.map(({ label }) => label);
    const { temperature } = fitTemperature(labels, judged.map(({ logit }) => logit!)); // prettier-ignore
    ok(Math.abs(card.temperature - temperature) < 1e-6 && card.temperature !== 1);
    match(card.thresholdOrigin, /each as a network trained without it sees it \(inner folds\)/);
  });

  it("names the folds that there are", async () => {
    await rejects(releaseWinner(study, join(folder, "other"), "fold 9"), { message: /There are fold 2/ });
  });
});
