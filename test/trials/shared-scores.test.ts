import { deepEqual, equal, notEqual, ok, rejects, throws } from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";

import { createRandom } from "../../lib/runtime/random";
import { openSupernet } from "../../lib/search/train-supernet";
import { scoreShared } from "../../lib/search/score-shared";
import { computeNormalisation } from "../../lib/data/prepare/normalise";
import { sampleArchitecture } from "../../lib/space/sample";
import { areaUnderCurve } from "../../lib/statistics/area-under-curve";
import { differencesOf } from "../../lib/train/predict";
import { trainSharedScores, type SharedScoresTask } from "../../lib/trials/shared-scores";
import { temporaryFolder } from "../helpers/temporary";
import { tinySupernet } from "../search/helpers";
import { manyImages } from "./helpers";

describe("trainSharedScores(task)", function () {
  this.timeout(60_000);
  const root = temporaryFolder();
  const prepared = manyImages(288);
  const { ids } = prepared;
  const folds = [
    { train: ids.slice(0, 16), validation: ids.slice(16, 144) },
    { train: ids.slice(144, 160), validation: ids.slice(160) },
  ];
  const task: SharedScoresTask = {
    ...{ prepared, folds, options: { ...tinySupernet, epochs: 1 }, watch: null },
    folderOf: (place) => join(root.path, `supernet-${place}`),
  };
  const architecture = sampleArchitecture({ kind: "shape" }, createRandom(2));

  it("trains a supernet a fold, and scores by the mean over them, each on the images of its own fold", async () => {
    const scores = await trainSharedScores(task);
    const own = folds.map(({ train, validation }, place) => {
      const opened = openSupernet(task.folderOf(place), { prepared }, task.options);
      const normalisation = computeNormalisation(prepared, train);
      const logits = scoreShared({ ...opened, prepared, ids: validation, learned: train, normalisation }, architecture);
      return areaUnderCurve(differencesOf(logits.values), [...logits.labels]);
    });
    ok(Math.abs(scores.score(architecture) - (own[0]! + own[1]!) / 2) < 1e-12);
    notEqual(own[0], own[1]);
    deepEqual([...scores.images].sort(), [...folds[0]!.validation, ...folds[1]!.validation].sort());
    ok(scores.seconds > 0);
    const again = await trainSharedScores(task);
    deepEqual([again.seconds, again.identity], [scores.seconds, scores.identity]);
    equal((await trainSharedScores({ ...task, folds: [folds[0]!] })).images.length, 128);
  });

  it("refuses folders of supernets of another space, and one that does not say what it has cost", async () => {
    const narrow = { kind: "shape", heads: ["mean"] } as const;
    const other = { ...task.options, space: narrow };
    await trainSharedScores(task);
    await rejects(trainSharedScores({ ...task, options: other }), /space\.heads/);
    const [folder, images] = [task.folderOf(0), { prepared }];
    throws(() => openSupernet(folder, images, other), /of another space, version or training: space\.heads/);
    const few = { train: ids.slice(0, 16), validation: ids.slice(16, 143) };
    await rejects(trainSharedScores({ ...task, folds: [few] }), /127 validation images, expected at least 128/);
    rmSync(join(folder, "duration.json"));
    await rejects(trainSharedScores(task), /does not say how many processor seconds/);
  });
});
