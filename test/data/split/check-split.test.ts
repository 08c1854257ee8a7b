import { deepEqual, equal, throws } from "node:assert/strict";

import { checkSplit, refuseGroupsAcrossParts, refuseUnusable } from "../../../lib/data/split/check-split";
import { groupRecords } from "../../../lib/data/split/groups";
import { makeSplit, record } from "./random-records";

const records = [
  record("a", "benign", "1"),
  record("b", "benign", "1"),
  record("c", "malignant", "2"),
  record("d", "malignant", "2"),
  record("e", "benign"),
  record("f", "malignant"),
];
const groups = groupRecords(records);
const faultsOf = (...folds: Parameters<typeof makeSplit>[0]) =>
  checkSplit(makeSplit(folds), records, groups).map(({ kind, fold, parts, ids, group }) =>
    [kind, fold, parts.join("+"), ids.join(" "), group ?? ""].join(", "),
  );

describe("checkSplit(split, records, groups)", () => {
  it("finds nothing in a good split, with validation parts or without any", () => {
    deepEqual(faultsOf({ train: "a b f", test: "c d e" }, { train: "c d e", test: "a b f" }), []);
    const three = [...records, record("g"), record("h", "malignant")];
    const split = makeSplit([{ train: "a b f", validation: "g h", test: "c d e" }]);
    deepEqual(checkSplit(split, three, groupRecords(three)), []);
  });

  it("finds groups across parts, across which parts, and by which images", () => {
    deepEqual(faultsOf({ train: "a c e", test: "b d f" }, { train: "a b f", test: "c d e" }), [
      "group across parts, fold 1, train+test, a b, patient 1",
      "group across parts, fold 1, train+test, c d, patient 2",
    ]);
  });

  it("finds groups that are split across three parts, pair by pair", () => {
    const all = [record("a", "benign", "1"), record("b", "benign", "1"), record("c", "benign", "1")];
    const split = makeSplit([{ train: "a", validation: "b", test: "c" }]);
    deepEqual(
      checkSplit(split, all, groupRecords(all)).map(({ parts }) => parts.join("+")),
      ["train+validation", "train+test", "validation+test"],
    );
  });

  it("finds near duplicates across parts", () => {
    const joined = groupRecords(records, [["e", "f"]]);
    const [fault] = checkSplit(makeSplit([{ train: "a b f", test: "c d e" }]), records, joined);
    equal(fault!.message, 'fold 1: image e and 1 more has "f" in train and "e" in test.');
  });

  it("finds images that are unknown, left out or there twice", () => {
    deepEqual(faultsOf({ train: "a b f x", test: "c d" }), [
      "unknown image, fold 1, train, x, ",
      "image left out, fold 1, , e, ",
      "class missing, fold 1, test, , ",
    ]);
    deepEqual(faultsOf({ train: "a b f e", test: "c d e" }), ["image twice, fold 1, train+test, e, "]);
    deepEqual(faultsOf({ train: "a b f f", test: "c d e" }), ["image twice, fold 1, train, f, "]);
  });

  it("lets a split of a sample leave images out", () => {
    const split = makeSplit([{ train: "a b f", test: "d e" }], { sample: "5 of 6" });
    deepEqual(checkSplit(split, records, groups), []);
  });

  it("finds parts that are empty or lack a class", () => {
    deepEqual(faultsOf({ train: "a b c d e f", test: "" }), ["empty part, fold 1, test, , "]);
    deepEqual(faultsOf({ train: "a b", validation: "c d f", test: "e" }), [
      "class missing, fold 1, train, , ",
      "class missing, fold 1, validation, , ",
      "class missing, fold 1, test, , ",
    ]);
    deepEqual(faultsOf({ train: "a b f", test: "c d e" }, { train: "e f", validation: "c d", test: "a b" }), [
      "empty part, fold 1, validation, , ",
      "class missing, fold 2, validation, , ",
      "class missing, fold 2, test, , ",
    ]);
  });
});

describe("refuseGroupsAcrossParts(split, groups, options)", () => {
  const across = makeSplit([
    { train: "a c e", test: "b d f" },
    { train: "a b f c", test: "d e" },
  ]);

  it("lets a split pass whose groups stand whole, and says so, though it might split them", () => {
    const whole = makeSplit([{ train: "a b f", test: "c d e" }]);
    for (const allowGroupsAcrossParts of [null, "because"]) {
      deepEqual(refuseGroupsAcrossParts(whole, groups, { allowGroupsAcrossParts }).groupsAcrossParts, {
        allowed: false,
        reason: null,
        count: 0,
      });
    }
  });

  it("names the first groups, how many there are, and the ways out", () => {
    throws(() => refuseGroupsAcrossParts(across, groups, { allowGroupsAcrossParts: null, instead: "Do this." }), {
      name: "Problem",
      message:
        'The split made splits 2 of 4 groups of images that belong together across parts: patient 1, patient 2. fold 1: patient 1 has "a" in train and "b" in test. In fold 1 alone it is 2. Do this. Or insist with allowGroupsAcrossParts: "the reason", which the results will repeat.',
    });
  });

  it("records what was split across parts and why where the user insists", () => {
    deepEqual(refuseGroupsAcrossParts(across, groups, { allowGroupsAcrossParts: "to compare" }).groupsAcrossParts, {
      allowed: true,
      reason: "to compare",
      count: 2,
    });
  });

  it("refuses an empty reason", () => {
    throws(() => refuseGroupsAcrossParts(across, groups, { allowGroupsAcrossParts: " " }), /without a reason/);
  });
});

describe("refuseUnusable(split, records)", () => {
  it("lets groups across parts and missing classes pass", () => {
    refuseUnusable(makeSplit([{ train: "a c d f", test: "b e" }]), records);
  });

  it("names the first fault and counts them", () => {
    throws(() => {
      refuseUnusable(makeSplit([{ train: "a b x", test: "" }]), records);
    }, /does not fit the images\. fold 1: "x" cannot be found .* first of 3 faults/);
  });
});
