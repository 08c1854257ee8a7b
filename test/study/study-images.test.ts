import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { nameStudy } from "../../lib/study/name-study";
import { openStudy } from "../../lib/study/open-study";
import { loadStudyImages, outlinesOf } from "../../lib/study/study-images";
import { resultsRoot } from "../../lib/runtime/environment";
import { readOutlines } from "../../lib/segment/outlines-folder";
import { outlinePhantoms } from "./found-outlines";
import { temporaryFolder } from "../helpers/temporary";

describe("loadStudyImages(named)", function () {
  this.timeout(300_000);
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

  it("takes found outlines of all images, or of those alone that a fold tests, and leaves out where nothing was found", async () => {
    const plain = await loadStudyImages(named(folder.path));
    const place = join(folder.path, "outlines");
    const loaded = await outlinePhantoms(place, plain);
    const outlines = readOutlines(place, loaded);
    const found = new Set(outlines.rows.filter((row) => row.found).map(({ id }) => id));
    const withOutlines = (of: "all" | "test") =>
      nameStudy({ profile: "smoke", dataset: "phantom", changes: { outlines: { folder: place, of } } }, folder.path);
    const all = await loadStudyImages(withOutlines("all"));
    equal(all.tested, null);
    equal(all.records.length, found.size);
    equal(all.withoutLesion, plain.records.length - found.size);
    for (const { id, masks } of all.records) deepEqual(masks, [{ kind: "file", path: outlines.masks.get(id)! }]);
    const test = await loadStudyImages(withOutlines("test"));
    deepEqual(test.tested!.records, all.records);
    deepEqual(test.tested!.inspections, all.inspections);
    deepEqual(
      test.records,
      plain.records.filter(({ id }) => found.has(id)),
    );
    deepEqual(test.split, all.split);
    await rejects(
      loadStudyImages(
        nameStudy(
          { profile: "smoke", dataset: "phantom", changes: { outlines: { folder: "nowhere", of: "all" } } },
          folder.path,
        ),
      ),
      /No fold in .*nowhere has outlines/,
    );
  });
});

describe("outlinesOf(settings)", () => {
  it("begins in the folder of results, unless the path begins at the root; the expert's are none", () => {
    equal(outlinesOf({}), null);
    equal(outlinesOf({ outlines: { folder: "/a/b", of: "all" } })!.folder, "/a/b");
    equal(outlinesOf({ outlines: { folder: "b", of: "test" } })!.folder, join(resultsRoot, "b"));
  });
});
