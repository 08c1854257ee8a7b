import { deepEqual, equal, notDeepEqual, rejects, throws } from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { loadDataSet } from "../../lib/data/sets/load";
import { splitSet } from "../../lib/data/sets/split-set";
import { crossFit } from "../../lib/segment/cross-fit";
import { readOutlines } from "../../lib/segment/outlines-folder";
import { WrongConfiguration } from "../../lib/runs/exit-codes";
import { loadPlanRecords, preparePlan, prepareTargets, splitPlan } from "../../lib/validate/images";
import { checkPlan, type GivenPlan } from "../../lib/validate/plan";
import { texture, writePicture } from "../helpers/pictures";
import { temporaryFolder } from "../helpers/temporary";
import { quickly, writeMaskedSet } from "../segment/helpers";
import { images, tinyPlan, writeTinySet } from "./helpers";

describe("the images of a plan", () => {
  const folder = temporaryFolder();
  beforeEach(() => {
    writeTinySet(folder.path);
  });

  it("are those of the set, split by patient and prepared", async () => {
    const plan = checkPlan(tinyPlan(folder.path));
    const records = await loadPlanRecords(plan);
    equal(records.loaded.records.length, images);
    equal(records.sample, null);
    const split = splitPlan(plan, records);
    equal(split.folds.length, 2);
    const patients = new Map(records.loaded.records.map(({ id, patient }) => [id, patient]));
    for (const { train, validation, test } of split.folds) {
      const parts = [train, validation, test].map((ids) => new Set(ids.map((id) => patients.get(id))));
      equal(
        new Set(parts.flatMap((part) => [...part])).size,
        parts.reduce((sum, part) => sum + part.size, 0),
      );
    }
    const prepared = await preparePlan(plan, records, split.folds[0]!);
    deepEqual([prepared.ids.length, prepared.size], [images, 16]);
  });

  it("have masks and categories for networks that are told more than the class, and images without a mask are named", async () => {
    const plan = checkPlan(tinyPlan(folder.path));
    const records = await loadPlanRecords(plan);
    const weights = { outline: 0, birads: 1, histology: 1 };
    const fold = { test: [] };
    const [first] = records.loaded.records;
    const known = { ...records.loaded, records: [{ ...first!, birads: "4" }, ...records.loaded.records.slice(1)] };
    const { outlines, birads, histology } = await prepareTargets(plan, { ...records, loaded: known }, fold, weights);
    deepEqual([outlines, [...birads], histology.size], [null, [[first!.id, "4"]], 0]);
    await rejects(
      prepareTargets(plan, records, fold, { ...weights, outline: 0.5 }),
      new RegExp(`targets\\.outline: 0\\.5, but nothing says where the lesion of "${first!.id}" ends`),
    );
    const phantoms = checkPlan({ ...tinyPlan(folder.path), dataset: "phantom", records: { sample: { count: 12 } } });
    const own = await loadPlanRecords(phantoms);
    const told = await prepareTargets(phantoms, own, fold, { ...weights, outline: 1 });
    const { channels, ids, pixels } = told.outlines!;
    deepEqual([channels, ids], [["gray", "mask"], (await preparePlan(phantoms, own, fold)).ids]);
    const masks = pixels.filter((_, place) => place % 2 === 1);
    equal(masks.some((share) => share > 0.9) && masks.some((share) => share === 0), true);
  });

  it("are a sample where the plan asks for one, which the split tells in words", async () => {
    const sample = { count: 12, balance: { benign: 0.5, malignant: 0.5 } };
    const plan = checkPlan(tinyPlan(folder.path, { records: { sample } }));
    const records = await loadPlanRecords(plan);
    const all = await loadPlanRecords(checkPlan(tinyPlan(folder.path)));
    equal(records.loaded.records.length, 12);
    equal(records.loaded.inspections.length, 12);
    deepEqual(
      records.loaded.inspections.map(({ id }) => id),
      records.loaded.records.map(({ id }) => id),
    );
    equal(records.loaded.dataHash, all.loaded.dataHash, "the hash is that of the set");
    const split = splitPlan(plan, records);
    equal(split.sample, records.sample);
    equal(split.folds.flatMap(({ test }) => test).length, 12);
  });

  it("leave normal tissue out only where the plan says so", async () => {
    writePicture(join(folder.path, "tiny", "normal", "n.png"), texture(99));
    rmSync(join(folder.path, "tiny", "images.csv"));
    const kept = await loadPlanRecords(checkPlan(tinyPlan(folder.path)));
    equal(kept.loaded.records.length, images + 1);
    const records = { normal: "leave-out" } as const;
    equal((await loadPlanRecords(checkPlan(tinyPlan(folder.path, { records })))).loaded.records.length, images);
  });

  it("take a given split of the same data, and refuse one of other data", async () => {
    const plan = checkPlan(tinyPlan(folder.path));
    const records = await loadPlanRecords(plan);
    const split = splitPlan(plan, records);
    deepEqual(splitPlan(checkPlan(tinyPlan(folder.path, { split })), records), split);
    const table = join(folder.path, "tiny", "images.csv");
    writeFileSync(table, readFileSync(table, "utf8").replace(/,phantom-patient-\d+/, ",somebody else"));
    const changed = await loadPlanRecords(plan);
    throws(
      () => splitPlan({ split }, changed),
      (error: unknown) =>
        error instanceof WrongConfiguration && error.message.includes("split is of tiny with the hash"),
    );
  });

  it("must be there", async () => {
    await rejects(loadPlanRecords(checkPlan(tinyPlan(folder.path, { dataset: "tinny" }))), /no data set "tinny"/);
  });

  it("have found outlines in the place of the expert's, all of them or those alone that a fold tests", async () => {
    const root = join(folder.path, "masked");
    writeMaskedSet(root);
    const set = await loadDataSet("tiny", { root });
    const split = splitSet(set, { folds: 2, validation: 0.3 });
    const place = join(folder.path, "outlines");
    await crossFit(place, set, split, { segmentation: { ...quickly, epochs: 4 }, watch: null });
    const outlines = readOutlines(place, set);
    const preparation = { size: 16, region: { kind: "whole" as const }, channels: ["mask" as const] };
    const planOf = (records: GivenPlan["records"]) => checkPlan(tinyPlan(root, { preparation, records }));
    const masksOf = async (records: GivenPlan["records"], fold = split.folds[0]!) => {
      const plan = planOf({ withoutLesion: "leave-out", ...records });
      const { ids, pixels } = await preparePlan(plan, await loadPlanRecords(plan), fold);
      return new Map(ids.map((id, index) => [id, pixels.slice(index * 256, (index + 1) * 256)]));
    };
    const expert = await masksOf({});
    const all = await masksOf({ outlines: { folder: place, of: "all" } });
    const test = await masksOf({ outlines: { folder: place, of: "test" } });
    const found = outlines.rows.filter((row) => row.found).map(({ id }) => id);
    deepEqual([...all.keys()].sort(), [...found].sort());
    deepEqual([...test.keys()].sort(), [...found].sort());
    for (const id of found) {
      notDeepEqual(all.get(id), expert.get(id));
      deepEqual(test.get(id), split.folds[0]!.test.includes(id) ? all.get(id) : expert.get(id));
    }
    // Of another fold others are tested.
    const other = await masksOf({ outlines: { folder: place, of: "test" } }, split.folds[1]);
    for (const id of found) deepEqual(other.get(id), split.folds[1]!.test.includes(id) ? all.get(id) : expert.get(id));
    await rejects(masksOf({ outlines: { folder: join(folder.path, "nowhere"), of: "all" } }), /No fold/);
    throws(() => planOf({ outlines: { folder: place, of: "train" } as never }), /outlines/);
  });
});
