import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { existsSync } from "node:fs";

import { nameStudy } from "../../lib/study/name-study";
import { openStudy } from "../../lib/study/open-study";
import { loadStudyImages } from "../../lib/study/study-images";
import { temporaryFolder } from "../helpers/temporary";

describe("loadStudyImages(named)", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const named = (root: string, dataset = "phantom") => nameStudy({ profile: "smoke", dataset }, root);

  it("gives the images and folds that opening the study gives, and writes nothing", async () => {
    const study = named(folder.path);
    const images = await loadStudyImages(study);
    ok(!existsSync(study.path()));
    const opened = await openStudy({ profile: "smoke", dataset: "phantom" }, folder.path);
    deepEqual(images.records, opened.records);
    deepEqual(images.split, opened.split);
    deepEqual([images.dataHash, images.sample, images.kept], [opened.dataHash, opened.sample, false]);
    equal((await loadStudyImages(study)).kept, true);
  });

  it("says in a sentence that a data set is not there", async () => {
    await rejects(loadStudyImages(named(folder.path, "busi")), { name: "Problem" });
  });
});
