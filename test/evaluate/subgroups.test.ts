import { deepEqual, equal, match, throws } from "node:assert/strict";

import { evaluatePredictions } from "../../lib/evaluate/evaluation";
import { evaluateSubgroups, subgroupTable } from "../../lib/evaluate/subgroups";
import { examplePredictions } from "./example";

const fast = { replicates: 200 };
const set = examplePredictions({ patients: 80, seeds: [1, 2] });
const numberOf = (id: string) => Number(id.split("-")[1]);

describe("evaluateSubgroups(set, groupOf, options)", () => {
  it("counts images once, however many seeds there are, and orders groups by number", () => {
    const groups = evaluateSubgroups(
      set,
      (id) => (numberOf(id) < 60 ? (numberOf(id) < 30 ? "10 mm" : "9 mm") : null),
      fast,
    );
    deepEqual(
      groups.map(({ group, images, malignant, patients }) => [group, images, malignant, patients]),
      [
        ["9 mm", 60, 20, 60],
        ["10 mm", 60, 20, 60],
        [null, 40, 14, 40],
      ],
    );
  });

  it("gives for a group of all what the evaluation gives for all", () => {
    const [all] = evaluateSubgroups(set, () => "all", fast);
    const { measures } = evaluatePredictions(set, fast).pooled;
    equal(all!.measures.areaUnderCurve.value, measures.areaUnderCurve.value);
    equal(all!.measures.sensitivity.value, measures.sensitivity.value);
  });

  it("marks groups with few patients of a class, and says what is not defined in them", () => {
    const groups = evaluateSubgroups(set, (id) => (numberOf(id) % 3 === 0 ? "malignant" : "benign"), fast);
    match(groups[0]!.small!, /small: 0 malignant and 106 benign patients, fewer than 20/);
    equal(groups[0]!.measures.areaUnderCurve.value, null);
    match(groups[0]!.measures.areaUnderCurve.reason!, /All 106 cases are benign/);
    equal(evaluateSubgroups(set, () => "all", { ...fast, smallest: 54 })[0]!.small, null);
    match(evaluateSubgroups(set, () => "all", { ...fast, smallest: 55 })[0]!.small!, /54 malignant/);
  });

  it("refuses predictions that are not fit", () => {
    const rows = set.rows.map((row) => ({ ...row, probability: NaN }));
    throws(() => evaluateSubgroups({ ...set, rows }, () => "all", fast), /is NaN/);
  });
});

describe("subgroupTable(subgroups)", () => {
  it("has one row a group, and names those in none", () => {
    const [row] = subgroupTable(evaluateSubgroups(set, () => null, fast));
    deepEqual(Object.keys(row!), [
      "group",
      "images",
      "malignant",
      "patients",
      "AUC",
      "accuracy",
      "sensitivity",
      "specificity",
      "remark",
    ]);
    equal(row!.group, "(in no group)");
  });
});
