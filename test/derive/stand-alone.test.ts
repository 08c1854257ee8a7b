import { deepEqual, equal, ok } from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";

import { trainStandAlone } from "../../lib/derive/stand-alone";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { hashArchitecture } from "../../lib/space/encode";
import { sampleArchitecture } from "../../lib/space/sample";
import { trainInRun } from "../../lib/train/train-in-run";
import { temporaryFolder } from "../helpers/temporary";
import { tinySearch, tinySearchImages } from "../search/helpers";
import { brief, briefSteps, countingWatch } from "./helpers";
import { microSpace } from "../helpers/spaces";

describe("trainStandAlone(architecture, task, title)", () => {
  const folder = temporaryFolder();
  const architecture = sampleArchitecture(microSpace(2), createRandom(3));
  const images = tinySearchImages();
  const taskWith = (criterion: "loss" | "accuracy" | "area under the curve", watch = countingWatch().watch) => ({
    ...{ folder: folder.path, images, network: tinySearch.network!, training: brief, criterion, watch },
  });

  it("trains once in a folder named by the hash, judges on the search-validation images, and leaves no tensors", async () => {
    await trainStandAlone(architecture, taskWith("accuracy"), "one");
    const { numTensors } = tf.memory();
    const counter = countingWatch();
    const { loss, accuracy, areaUnderCurve, score } = await trainStandAlone(
      architecture,
      { ...taskWith("accuracy", counter.watch), folder: join(folder.path, "fresh") },
      "candidate 1 of 5",
    );
    equal(tf.memory().numTensors, numTensors);
    deepEqual([counter.titles, counter.steps], [["candidate 1 of 5"], briefSteps]);
    deepEqual(readdirSync(join(folder.path, "fresh", "stand-alone")), [hashArchitecture(architecture)]);
    const trained = await trainInRun(join(folder.path, "apart"), {
      network: { kind: "found", architecture, settings: tinySearch.network! },
      images: { prepared: images.prepared, train: images.train, validation: images.searchValidation },
      options: brief,
      watch: null,
    });
    trained.weights.dispose();
    const { validationLoss, validationAccuracy, validationArea } = trained.history[1]!;
    deepEqual(
      [loss, accuracy, areaUnderCurve, score],
      [validationLoss, validationAccuracy, validationArea, validationAccuracy],
    );
  });

  it("ranks by the criterion that was asked for, a loss by its negative, without training again", async () => {
    const byArea = await trainStandAlone(architecture, taskWith("area under the curve"), "one");
    equal(byArea.score, byArea.areaUnderCurve);
    const counter = countingWatch();
    const byLoss = await trainStandAlone(architecture, taskWith("loss", counter.watch), "one");
    equal(counter.steps, 0);
    equal(byLoss.score, -byLoss.loss);
    ok(byLoss.loss > 0 && byLoss.loss === byArea.loss);
  });
});
