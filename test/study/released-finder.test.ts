import { deepEqual, equal, match, throws } from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { LoadedSet } from "../../lib/data/sets/load";
import { chooseSure } from "../../lib/segment/choose-sure";
import { readOutlines } from "../../lib/segment/outlines-folder";
import type { Study } from "../../lib/study/open-study";
import { finderFolderOf, readFinderOfFold } from "../../lib/study/released-finder";
import { smokeStudy } from "./helpers";
import { outlinePhantoms } from "./found-outlines";

describe("finderFolderOf(study, named)", () => {
  const study = (given: object, channels: readonly string[] = ["gray"], kind = "square") =>
    ({
      settings: given,
      prepared: { configuration: { channels, region: { kind, margin: 10, unit: "pixels" } } },
    }) as unknown as Study;
  const outlines = { folder: "/a", of: "all" };

  it("is that of the outlines that the study's networks learned from, the one that is named, or none", () => {
    equal(finderFolderOf(study({}), null), null);
    equal(finderFolderOf(study({}), "/b"), "/b");
    equal(finderFolderOf(study({ outlines }), null), "/a");
    equal(finderFolderOf(study({ outlines }), "/a"), "/a");
    equal(finderFolderOf(study({ outlines: { ...outlines, of: "test" } }), null), null);
    // Of the whole picture nothing is to be found.
    equal(finderFolderOf(study({ outlines }, ["gray"], "whole"), null), null);
  });

  it("is refused where it is another than the networks were tested on, and where they were given the expert's outlines", () => {
    throws(
      () => finderFolderOf(study({ outlines }), "/b"),
      /finder of \/b .* outlines of \/a: they outline differently/,
    );
    const masked = ["gray", "mask"];
    throws(() => finderFolderOf(study({}, masked), "/b"), /given the expert's outlines, which tell the class/);
    throws(
      () => finderFolderOf(study({ outlines: { ...outlines, of: "test" } }, masked), "/a"),
      /the expert's outlines/,
    );
    equal(finderFolderOf(study({ outlines }, masked), "/a"), "/a");
  });
});

describe("readFinderOfFold(folder, loaded, fold)", function () {
  this.timeout(300_000);
  let folder = "";
  let [study, loaded]: [Study | null, LoadedSet | null] = [null, null];
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "sononas test "));
    study = await smokeStudy(folder);
    loaded = await outlinePhantoms(join(folder, "outlines"), study, [1, 2]);
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("reads what it learned from, reached on the images that the fold tests, and from when on it is sure by those of other folds", () => {
    const [, fold] = study!.split.folds;
    const finder = readFinderOfFold(join(folder, "outlines"), loaded!, fold!);
    const { rows } = readOutlines(join(folder, "outlines"), loaded!);
    deepEqual([finder.data.images, finder.testData!.images], [finder.network.seen.length, fold!.test.length]);
    finder.network.weights.dispose();
    const chosen = chooseSure(
      rows.filter((row) => row.fold !== fold!.name),
      "the other folds, each outlined by a network that had not seen the patient",
    );
    deepEqual(finder.sure, chosen);
    equal(finder.results!.length, 1);
    deepEqual([finder.results![0]!.images, "group" in finder.results![0]!], [fold!.test.length, false]);
    match(String(finder.results![0]!.Dice), /^0\.\d{3} \[/);
  });

  it("refuses a fold that is not done, and a finder that has seen a patient of the fold", () => {
    const [first, second] = study!.split.folds;
    const place = join(folder, "outlines");
    throws(() => readFinderOfFold(place, loaded!, { ...first!, name: "fold 9" }), /finder of fold 9 in .* is not done/);
    throws(
      () => readFinderOfFold(place, loaded!, { ...first!, test: [...first!.test, second!.test[0]!] }),
      /has learned from patients of [1-9]\d* images that fold 1 tests/,
    );
    equal(existsSync(place), true);
  });
});
