import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { drawValidation, idsOf } from "../../../lib/data/split/draw-parts";
import { groupRecords } from "../../../lib/data/split/groups";
import { createRandom } from "../../../lib/runtime/random";
import { randomRecords, record } from "./random-records";

describe("idsOf(records, groups)", () => {
  it("lists images in the records' order", () => {
    const records = [record("c", "benign", "1"), record("b"), record("a", "benign", "1")];
    const [first, second] = groupRecords(records);
    deepEqual(idsOf(records, [second!, first!]), ["c", "b", "a"]);
    deepEqual(idsOf(records, [first!]), ["c", "a"]);
  });
});

describe("drawValidation(records, groups, share, fold, random)", () => {
  const records = randomRecords(createRandom(1), { patients: 100, malignant: 0.3, most: 3 });
  const groups = groupRecords(records);

  it("draws the share by whole groups", () => {
    const { train, validation } = drawValidation(records, groups, 0.25, "fold 1", createRandom(1));
    equal(train.length + validation.length, records.length);
    ok(Math.abs(validation.length - records.length / 4) <= 3);
    ok(groups.every(({ ids }) => new Set(ids.map((id) => validation.includes(id))).size === 1));
  });

  it("draws none for a share of 0", () => {
    deepEqual(drawValidation(records, groups, 0, "fold 1", createRandom(1)).validation, []);
  });

  it("names the fold where a class has one group only", () => {
    const few = [record("a"), record("b"), record("c", "malignant")];
    throws(
      () => drawValidation(few, groupRecords(few), 0.5, "fold 1", createRandom(1)),
      /class malignant has 1 group .* for 2 parts: fold 1's training, fold 1's validation/,
    );
  });
});
