import { deepEqual, equal, notEqual, ok, rejects, throws } from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { hashArchitecture } from "../../lib/space/encode";
import { sampleArchitecture } from "../../lib/space/sample";
import { createRandom } from "../../lib/runtime/random";
import { writeAtomically } from "../../lib/files/write-atomically";
import { readExternalTests, testExternally, type ExternalTest } from "../../lib/study/external";
import type { Study } from "../../lib/study/open-study";
import { foundPlan, handCraftedPlan } from "../../lib/study/validation-plans";
import { runPlan } from "../../lib/validate/run-plan";
import { writeOtherSet } from "../external/example";
import { captureBundles } from "../helpers/capture";
import { microSpace } from "../helpers/spaces";
import { smokeStudy } from "./helpers";

describe("testExternally(study, dataset, options)", function () {
  this.timeout(300_000);
  captureBundles();
  let folder = "";
  let study: Study;
  const options = { replicates: 60 };
  const there = (dataset = "there") => ({ dataset, shared: "stop" as const, root: join(folder, "sets") });

  // Four trainings of one epoch, done once.
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "sononas test "));
    const plain = await smokeStudy(folder);
    const training = { ...plain.settings.training, epochs: 1 };
    study = { ...plain, settings: { ...plain.settings, handCrafted: ["CNN3"], folds: [1, 2], controls: 0, training } };
    const architecture = sampleArchitecture(microSpace(2), createRandom(5));
    const chosen = { hash: hashArchitecture(architecture), seed: 1, architecture };
    const winner = { winner: chosen, winners: [chosen], controls: [] };
    writeAtomically(study.path("winner.json"), JSON.stringify(winner));
    writeOtherSet(join(folder, "sets"), "there", { count: 44, seed: 17 });
    await rejects(testExternally(study, [there()], options), /no cross-validation of its found networks.*05_train/s);
    await runPlan(study.path("validation/found"), foundPlan(study, winner), { watch: null });
    await runPlan(study.path("validation/hand-crafted"), handCraftedPlan(study), { watch: null });
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("applies the networks of all folds to the other set, keeps what they say, and reads it again", async () => {
    const [test] = (await testExternally(study, [there()], options)) as [ExternalTest];
    deepEqual(
      test.results.map(({ model, networks }) => [model, networks]),
      [
        ["ENAS", 2],
        ["CNN3", 2],
        ["majority class", 2],
        ["box geometry", 2],
      ],
    );
    equal(test.images, 44);
    equal(test.results[0]!.each.images, 44);
    equal(test.results[2]!.each.measures.areaUnderCurve.value, 0.5);
    deepEqual([...new Set(test.recalibration!.map(({ images }) => images))], [0, 20]);
    ok(test.sets.some((row) => row.property === "images" && Object.values(row).includes("44")));
    const file = study.path("external/there/predictions/enas.csv");
    equal(readFileSync(file, "utf8").trim().split("\n").length, 1 + 2 * 44);
    const written = statSync(file).mtimeMs;
    deepEqual(await testExternally(study, [there()], options), [test]);
    equal(statSync(file).mtimeMs, written, "what was predicted is not predicted again");
    deepEqual(readExternalTests(study), [JSON.parse(JSON.stringify(test))]);
  });

  it("predicts anew what is damaged or of other images, and names a test that is", async () => {
    const file = study.path("external/there/predictions/cnn3.csv");
    const before = readFileSync(file, "utf8");
    writeFileSync(file, before.split("\n").slice(0, 20).join("\n"));
    const [again] = (await testExternally(study, [there()], options)) as [ExternalTest];
    equal(readFileSync(file, "utf8"), before);
    equal(again.results.length, 4);
    writeFileSync(study.path("external/there/test.json"), "{");
    throws(() => readExternalTests(study), { name: "Problem", message: /test\.json is damaged/ });
  });

  it("predicts anew where a picture of the set is another one under the same name", async () => {
    const kept = () => readFileSync(study.path("external/there/predictions/enas.csv"), "utf8");
    const before = kept();
    rmSync(join(folder, "sets"), { recursive: true });
    writeOtherSet(join(folder, "sets"), "there", { count: 44, seed: 17, brightness: 0.6 });
    await testExternally(study, [there()], options);
    const names = (text: string) => text.split("\n").map((line) => line.split(",")[0]);
    deepEqual(names(kept()), names(before));
    notEqual(kept(), before);
  });

  it("refuses the study's own set, and one that shares images", async () => {
    await rejects(testExternally(study, ["phantom"]), /phantom is the study's own set/);
  });
});
