import { deepEqual, equal, ok } from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readPredictions, writePredictions } from "../../lib/evaluate/prediction-file";
import { writeAtomically } from "../../lib/files/write-atomically";
import { tf } from "../../lib/runtime/tensorflow";
import { createRandom } from "../../lib/runtime/random";
import { hashArchitecture } from "../../lib/space/encode";
import { sampleArchitecture } from "../../lib/space/sample";
import { testExternally, type ExternalTest } from "../../lib/study/external";
import type { Study } from "../../lib/study/open-study";
import { describeExternal } from "../../lib/study/report/external-section";
import { showExternal } from "../../lib/study/show-external";
import { foundPlan, handCraftedPlan } from "../../lib/study/validation-plans";
import { worstElsewhere } from "../../lib/study/worst-elsewhere";
import { runPlan } from "../../lib/validate/run-plan";
import { captureBundles } from "../helpers/capture";
import { microSpace } from "../helpers/spaces";
import { smokeStudy } from "./helpers";

describe("worstElsewhere(study, test, count)", function () {
  this.timeout(300_000);
  const shown = captureBundles();
  let folder = "";
  let study: Study;
  let test: ExternalTest;

  // On the computed hospital, which a study on phantoms is tested on where no other set was named.
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "sononas test "));
    const plain = await smokeStudy(folder);
    const training = { ...plain.settings.training, epochs: 1 };
    study = { ...plain, settings: { ...plain.settings, handCrafted: ["CNN3"], folds: [1], controls: 0, training } };
    const architecture = sampleArchitecture(microSpace(2), createRandom(5));
    const chosen = { hash: hashArchitecture(architecture), seed: 1, architecture };
    const winner = { winner: chosen, winners: [chosen], controls: [] };
    writeAtomically(study.path("winner.json"), JSON.stringify(winner));
    await runPlan(study.path("validation/found"), foundPlan(study, winner), { watch: null });
    await runPlan(study.path("validation/hand-crafted"), handCraftedPlan(study), { watch: null });
    [test] = (await testExternally(study, null, { replicates: 20 })) as [ExternalTest];
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("maps the images on which all networks together were surest and wrong, and leaves no tensor", async () => {
    const before = tf.memory().numTensors;
    const worst = (await worstElsewhere(study, test, 4))!;
    equal(tf.memory().numTensors, before);
    deepEqual([worst.model, worst.images.length], [test.results[0]!.model, Math.min(4, worst.errors)]);
    ok(worst.errors > 0 && worst.errors < test.images);
    for (const { map, pixels, width, height, caption } of worst.images) {
      deepEqual([map.length, pixels.length], [width * height, width * height]);
      ok(map.every((value) => value >= 0 && value <= 1));
      // Malignant ones lie below the threshold that was carried over, which is at one half; benign ones above it.
      const [, truth, probability] = /truth (\w+) · P\(malignant\) ([\d.]+)/.exec(caption)!;
      ok(truth === "malignant" ? Number(probability) <= 0.5 : Number(probability) >= 0.5, caption);
    }
  });

  it("is shown below a test, and stands in a report that is asked for pictures, and in no other", async () => {
    await showExternal([test], "worst", study);
    ok(JSON.stringify(shown.all()).includes("surest and wrong"));
    const kindsOf = async (images: number) => (await describeExternal(study, images)).blocks.map(({ kind }) => kind);
    const [without, pictured] = [await kindsOf(0), await kindsOf(3)];
    equal(without.includes("pictures"), false);
    equal(pictured.filter((kind) => kind === "pictures").length, 1);
  });

  it("is nothing where no network was tested there, or none was wrong", async () => {
    equal(await worstElsewhere(study, { ...test, results: [] }, 4), null);
    const file = study.path("external", test.dataset, "predictions", "enas.csv");
    const kept = readPredictions(file, "ENAS");
    const sure = ({ label, ...row }: (typeof kept.rows)[number]) => {
      // Whatever temperature and threshold were carried over.
      const logit = label === 1 ? 300 : -300;
      return { ...row, label, logit, probability: 1 / (1 + Math.exp(-logit)) };
    };
    writePredictions(file, { ...kept, rows: kept.rows.map(sure) });
    equal(await worstElsewhere(study, test, 4), null);
    writePredictions(file, kept);
  });
});
