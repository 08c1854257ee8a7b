import { deepEqual, equal, match, ok, throws } from "node:assert/strict";

import { compareSubgroups, subgroupComparisonTable } from "../../lib/compare/compare-subgroups";
import { evaluateSubgroups } from "../../lib/evaluate/subgroups";
import { examplePredictions, setOf } from "./example";

const sets = [examplePredictions("a"), examplePredictions("b", { skill: 0.2, draw: 2 })];
const groupOf = (id: string) => (Number(id.slice(6)) < 30 ? "device 10" : Number(id.slice(6)) < 90 ? "device 9" : null);
const quick = { replicates: 100 };

describe("compareSubgroups(sets, groupOf, options)", () => {
  const groups = compareSubgroups(sets, groupOf, quick);

  it("orders groups by their numbers, and counts", () => {
    deepEqual(
      groups.map(({ group, images, patients, malignant }) => [group, images, patients, malignant]),
      [
        ["device 9", 60, 30, 20],
        ["device 10", 30, 15, 10],
        [null, 30, 15, 10],
      ],
    );
  });

  it("measures each model as the evaluation does", () => {
    const alone = evaluateSubgroups(sets[1]!, groupOf, { replicates: 100 });
    groups.forEach(({ models }, index) => {
      equal(models[1]!.accuracy.estimate, alone[index]!.measures.accuracy.value);
      equal(models[1]!.areaUnderCurve.estimate, alone[index]!.measures.areaUnderCurve.value);
    });
  });

  it("gives the differences to the reference", () => {
    const { models } = groups[0]!;
    equal(models[0]!.difference, null);
    const { accuracy } = models[1]!.difference!;
    equal(accuracy.estimate, models[1]!.accuracy.estimate! - models[0]!.accuracy.estimate!);
    ok(accuracy.low! < accuracy.estimate && accuracy.estimate < accuracy.high!);
    const turned = compareSubgroups(sets, groupOf, { ...quick, reference: "b" });
    equal(turned[0]!.models[0]!.difference!.accuracy.estimate, -accuracy.estimate);
  });

  it("marks small groups, and has no area where a class is missing", () => {
    match(groups[1]!.small!, /5 malignant and 10 benign patients, fewer than 20/);
    const labels = [0, 0, 1, 1];
    const pair = [setOf("a", labels, [0, 1, 0, 1]), setOf("b", labels, [0, 0, 0, 1])];
    const [benign] = compareSubgroups(pair, (id) => (id < "i2" ? "1" : "2"), quick);
    equal(benign!.models[0]!.areaUnderCurve.estimate, null);
    equal(benign!.models[1]!.accuracy.estimate, 1);
    equal(subgroupComparisonTable([benign!])[1]!["Δ AUC"], "not defined");
  });

  it("refuses a reference that is not there", () => {
    throws(() => compareSubgroups(sets, groupOf, { reference: "c" }), /no model "c"/);
  });
});

describe("subgroupComparisonTable(subgroups)", () => {
  it("has one row a group and model", () => {
    const rows = subgroupComparisonTable(compareSubgroups(sets, groupOf, quick));
    equal(rows.length, 6);
    equal(rows[0]!["Δ accuracy"], "reference");
    match(String(rows[1]!["Δ accuracy"]), /^−0\.\d{3} \[/);
    equal(rows[5]!.group, "(in no group)");
  });
});
