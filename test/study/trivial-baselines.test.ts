import { deepEqual, equal, notDeepEqual, ok } from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { boxGeometryBaseline } from "../../lib/evaluate/baselines/box-geometry";
import { evaluatePredictions } from "../../lib/evaluate/evaluation";
import type { Study } from "../../lib/study/open-study";
import { outlinedSet } from "../../lib/segment/outlined-set";
import { readOutlines } from "../../lib/segment/outlines-folder";
import { outlineBaseline, predictTested, trivialBaselines } from "../../lib/study/trivial-baselines";
import { smokeStudy } from "./helpers";
import { outlinePhantoms } from "./found-outlines";

describe("the trivial baselines of a study", function () {
  this.timeout(300_000);
  let folder = "";
  let study: Study;
  let found: Pick<Study, "records" | "inspections">;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "sononas test "));
    study = await smokeStudy(folder);
    const loaded = await outlinePhantoms(join(folder, "outlines"), study);
    found = await outlinedSet(loaded, readOutlines(join(folder, "outlines"), loaded));
    const kept = found.records.flatMap(({ masks }, place) => (masks.length > 0 ? [place] : []));
    ok(kept.length > 200, `${kept.length}`);
    const pick = (images: Pick<Study, "records" | "inspections">) => ({
      records: kept.map((place) => images.records[place]!),
      inspections: kept.map((place) => images.inspections[place]!),
    });
    const ids = new Set(kept.map((place) => found.records[place]!.id));
    const part = (names: readonly string[]) => names.filter((id) => ids.has(id));
    const folds = study.split.folds.map(({ name, train, validation, test }) => {
      return { name, train: part(train), validation: part(validation), test: part(test) };
    });
    study = { ...study, ...pick(study), split: { ...study.split, folds } };
    found = pick(found);
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("are the class, the box, and the box with gray levels; and the outline's shape where networks are given outlines", async () => {
    const names = async (one: Study) => (await trivialBaselines(one)).map(({ model }) => model);
    deepEqual(await names(study), ["majority class", "box geometry", "box and gray levels"]);
    const configuration = { ...study.prepared.configuration, channels: ["gray", "mask"] as const };
    const masked = { ...study, prepared: { ...study.prepared, configuration } } as unknown as Study;
    deepEqual(await names(masked), ["majority class", "box geometry", "box and gray levels", "outline shape"]);
  });

  it("learn from the expert's outlines and are tested on found ones where the study does so, fold by fold", () => {
    const { split } = study;
    const rowsOf = (one: Study) => predictTested(boxGeometryBaseline, split, one).rows;
    const mixed = rowsOf({ ...study, tested: found });
    const [expert, all] = [rowsOf(study), rowsOf({ ...study, ...found })];
    notDeepEqual(mixed, expert);
    notDeepEqual(mixed, all);
    // What is learned from is the expert's: validation parts are predicted as by a study without found outlines.
    const validation = (rows: typeof mixed) => rows.filter(({ part }) => part === "validation");
    deepEqual(validation(mixed), validation(expert));
    // Where the outlines that are tested are the expert's, nothing changes.
    const { records, inspections } = study;
    deepEqual(rowsOf({ ...study, tested: { records, inspections } }), expert);
  });

  it("know the shape of the outlines that are learned from and of those that are tested", async () => {
    const area = async (one: Study) => {
      const set = predictTested(await outlineBaseline(one), study.split, one);
      return evaluatePredictions(set, { replicates: 10 }).pooled.measures.areaUnderCurve.value!;
    };
    const [expert, mixed] = [await area(study), await area({ ...study, tested: found })];
    equal(expert > 0.5 && expert <= 1, true);
    ok(mixed !== expert);
  });
});
