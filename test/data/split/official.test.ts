import { deepEqual, equal, match, notDeepEqual, ok, throws } from "node:assert/strict";

import { checkSplit } from "../../../lib/data/split/check-split";
import { groupRecords, type SplitRecord } from "../../../lib/data/split/groups";
import { officialFolds, officialParts, type OfficialFolds } from "../../../lib/data/split/official";
import { describeGroupsAcrossParts } from "../../../lib/data/split/split";
import { createRandom } from "../../../lib/runtime/random";
import { randomRecords, record, source } from "./random-records";

/** Folds that test whole patients, and validate a fifth of the other images, drawn image by image: as BUS-BRA's do. */
function splittingFolds(records: readonly SplitRecord[]): OfficialFolds {
  const folds = [0, 1, 2, 3].map((index) => {
    const tested = (one: SplitRecord) => Number(one.patient) % 4 === index;
    const rest = createRandom(index).shuffled(records.filter((one) => !tested(one)));
    const cut = Math.round(rest.length / 5);
    const idsOf = (list: readonly SplitRecord[]) => list.map(({ id }) => id);
    return {
      test: idsOf(records.filter(tested)),
      train: idsOf(rest.slice(cut)),
      validation: idsOf(rest.slice(0, cut)),
    };
  });
  return { name: "4-fold", folds };
}

const records = randomRecords(createRandom(1), { patients: 160, malignant: 0.35, most: 3 });
const groups = groupRecords(records);
const official = splittingFolds(records);

describe("officialFolds(records, official, source, options)", () => {
  it("refuses validation parts that split patients, and names the way out", () => {
    throws(() => officialFolds(records, official, source), {
      name: "Problem",
      message:
        /The split 4-fold splits \d+ of 160 groups .* in train and .* in validation.* with validation: "by patient"/,
    });
  });

  it("takes them over unchanged where the user insists, and says so", () => {
    const split = officialFolds(records, official, source, { allowGroupsAcrossParts: "to compare with the paper" });
    split.folds.forEach((fold, index) => {
      deepEqual({ train: fold.train, validation: fold.validation, test: fold.test }, official.folds[index]);
    });
    const across = groups.filter(({ ids }) =>
      official.folds.some(
        ({ train, validation }) => ids.some((id) => train.includes(id)) && ids.some((id) => validation.includes(id)),
      ),
    );
    deepEqual(split.groupsAcrossParts, { allowed: true, reason: "to compare with the paper", count: across.length });
    match(describeGroupsAcrossParts(split)!, /to compare with the paper$/);
    deepEqual([split.name, split.kind, split.seed], ["4-fold", "official", null]);
  });

  it("does not stop at images that are known to show the same across its folds, says why, and stops at any others", () => {
    const [first, second] = [0, 1].map((index) => official.folds[index]!.test[0]!);
    const known = { ...official, knownAcross: { images: [first!, second!], reason: "kept as published" } };
    const taken = { validation: "by patient", seed: 4 } as const;
    const alike = [[first!, second!]];
    throws(() => officialFolds(records, official, source, { ...taken, nearDuplicates: alike }), /1 of 159 groups/);
    const split = officialFolds(records, known, source, { ...taken, nearDuplicates: alike });
    deepEqual(split.groupsAcrossParts, { allowed: true, reason: "kept as published", count: 1 });
    deepEqual(officialFolds(records, known, source, taken).groupsAcrossParts.count, 0);
    const third = official.folds[2]!.test[0]!;
    const more = [...alike, [official.folds[3]!.test[0]!, third]];
    throws(() => officialFolds(records, known, source, { ...taken, nearDuplicates: more }), /1 of 157 groups/);
  });

  it("keeps the test parts and draws whole patients for validation, by patient", () => {
    const split = officialFolds(records, official, source, { validation: "by patient", seed: 4 });
    deepEqual(checkSplit(split, records, groups), []);
    deepEqual(split.groupsAcrossParts, { allowed: false, reason: null, count: 0 });
    split.folds.forEach((fold, index) => {
      deepEqual(fold.test, official.folds[index]!.test);
      ok(Math.abs(fold.validation.length - official.folds[index]!.validation.length) <= 3);
    });
    deepEqual([split.name, split.seed], ["4-fold, validation by patient", 4]);
  });

  it("draws the same by patient for the same seed, and other images for another", () => {
    const draw = (seed: number) => officialFolds(records, official, source, { validation: "by patient", seed }).folds;
    deepEqual(draw(1), draw(1));
    notDeepEqual(draw(1), draw(2));
  });

  it("draws none by patient where the folds have no validation parts", () => {
    const without = official.folds.map(({ test, train, validation }) => ({
      test,
      train: [...train, ...validation],
      validation: [],
    }));
    const options = { validation: "by patient" } as const;
    const split = officialFolds(records, { name: "4-fold", folds: without }, source, options);
    ok(split.folds.every(({ validation }) => validation.length === 0));
    equal(officialFolds(records, { name: "4-fold", folds: without }, source).groupsAcrossParts.count, 0);
  });

  it("keeps what is left of a group together where the test parts split it, and the user insists", () => {
    const [first] = official.folds;
    const pair = [first!.test[0]!, first!.train[0]!, first!.validation[0]!];
    const options = { validation: "by patient", nearDuplicates: [pair] } as const;
    throws(() => officialFolds(records, official, source, options), /Make a split of your own, with kFold or holdOut/);
    const split = officialFolds(records, official, source, { ...options, allowGroupsAcrossParts: "few" });
    ok(split.groupsAcrossParts.count >= 1);
    const faults = checkSplit(split, records, groupRecords(records, [pair]));
    ok(faults.every(({ parts }) => parts.includes("test")));
  });

  it("refuses folds that do not fit the images", () => {
    const without = (count: number) => records.slice(count);
    throws(
      () => officialFolds(without(2), official, source),
      /does not fit the images.*cannot be found among the images/,
    );
    throws(() => officialFolds([...records, record("new")], official, source), /"new" cannot be found in any part/);
    throws(() => officialFolds(records, { name: "none", folds: [] }, source), /has no folds/);
    const twice = official.folds.map((fold) => ({ ...fold, validation: [...fold.validation, fold.test[0]!] }));
    throws(() => officialFolds(records, { name: "twice", folds: twice }, source), /listed more than once/);
  });

  it("leaves out images that are not there, where asked, but never one that the folds do not know", () => {
    const options = { absent: "leave out", validation: "by patient" } as const;
    const few = records.slice(5);
    const split = officialFolds(few, official, { ...source, sample: "a few" }, options);
    deepEqual(checkSplit({ ...split, sample: null }, few, groupRecords(few)), []);
    equal(split.sample, "a few");
    throws(
      () => officialFolds([...few, record("new")], official, { ...source, sample: "a few" }, options),
      /"new" cannot be found in any part/,
    );
  });

  it("refuses options that it does not have", () => {
    throws(
      () => officialFolds(records, official, source, { validation: "none" as never }),
      /expected "official" or "by patient"/,
    );
    throws(
      () => officialFolds(records, official, source, { absent: "skip" as never }),
      /expected "refuse" or "leave out"/,
    );
    throws(() => officialFolds(records, official, source, { allowGroups: "x" } as never), /no option "allowGroups"/);
  });
});

describe("officialParts(records, source, options)", () => {
  const parts = ["train", "train", "validation", "validation", "test", "test"] as const;
  const divided = parts.map((part, index) => ({
    ...record(`${index}`, index % 2 === 0 ? "benign" : "malignant"),
    part,
  }));

  it("takes the parts that the records carry", () => {
    const split = officialParts(divided, source);
    deepEqual(split.folds, [{ name: "fold 1", train: ["0", "1"], validation: ["2", "3"], test: ["4", "5"] }]);
    deepEqual([split.name, split.kind], ["official", "official"]);
  });

  it("refuses near duplicates in training and test", () => {
    throws(
      () => officialParts(divided, source, { nearDuplicates: [["1", "4"]] }),
      /splits 1 of 5 groups.*"1" in train and "4" in test/,
    );
  });

  it("refuses records without a part", () => {
    throws(
      () => officialParts([...divided, record("x")], source),
      /1 of 7 images carry no official part, "x" for example/,
    );
  });
});
