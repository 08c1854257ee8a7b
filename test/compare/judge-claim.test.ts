import { deepEqual, equal, match, throws } from "node:assert/strict";

import { compareAll } from "../../lib/compare/compare-all";
import type { ComparisonRow } from "../../lib/compare/comparison-rows";
import { judgeClaim } from "../../lib/compare/judge-claim";
import { examplePredictions } from "./example";
import { rowOf, trivialRow } from "./rows";

const good = examplePredictions("found", { skill: 3 });
const bad = (model: string, draw: number) => examplePredictions(model, { skill: 0, draw });
const sets = [good, bad("VGG16", 2), bad("random 1", 3), bad("box", 4)];
const family = compareAll(sets, { reference: "found", replicates: 100 });
const found = rowOf("found", { kind: "found", parameters: 500, multiplyAdds: 9000, latencyMs: 2 });
const rows = [found, rowOf("VGG16"), rowOf("random 1", { kind: "control" }), trivialRow("box")];
const verdicts = (list: readonly ComparisonRow[], of = family) => judgeClaim(list, of).map(({ verdict }) => verdict);

describe("judgeClaim(rows, family, options)", () => {
  it("lets every point hold where the found network is better, smaller and faster", () => {
    const points = judgeClaim(rows, family);
    deepEqual(
      points.map(({ verdict }) => verdict),
      Array<string>(6).fill("holds"),
    );
    match(points[0]!.because, /^accuracy of found 0\.800, of VGG16 0\.\d{3} \(p < 0\.001\), corrected by Holm\.$/);
    equal(points[1]!.because, "found has 500 parameters, VGG16 1,000.");
    equal(points[3]!.because, "found needs 2 ms, VGG16 4.");
  });

  it("denies points where a rival is better, as small or faster", () => {
    const turned = compareAll(
      [bad("found", 5), examplePredictions("VGG16", { skill: 3, draw: 2 }), bad("random 1", 3), bad("box", 4)],
      { reference: "found", replicates: 100 },
    );
    const large = { ...found, parameters: 1000, multiplyAdds: 30_000, latencyMs: 9 };
    deepEqual(verdicts([large, ...rows.slice(1)], turned).slice(0, 4), Array<string>(4).fill("does not hold"));
  });

  it("cannot tell where chance picks as well, times are alike, or numbers are missing", () => {
    const copies = [good, { ...good, model: "VGG16" }, { ...good, model: "random 1" }, bad("box", 4)];
    const alike = compareAll(copies, { reference: "found", replicates: 100 });
    const unsure = [{ ...found, parameters: null, latencyMs: 3.9 }, ...rows.slice(1)];
    deepEqual(verdicts(unsure, alike), [
      "cannot be told",
      "cannot be told",
      "holds",
      "cannot be told",
      "cannot be told",
      "holds",
    ]);
    match(judgeClaim(unsure, alike)[4]!.because, /random 1 0\.\d{3} \(p = 1\.000\)/);
  });

  it("cannot tell without rivals, or with rivals outside the family", () => {
    match(judgeClaim([found], family)[0]!.because, /^No hand-crafted network was compared/);
    match(judgeClaim([found, rowOf("ResNet-18")], family)[0]!.because, /ResNet-18 is not in the family/);
    const some = compareAll(sets, { reference: "found", replicates: 100, family: ["box"] });
    deepEqual(verdicts(rows, some)[0], "cannot be told");
  });

  it("needs all rivals to be surpassed, not most", () => {
    const mixed = [...sets, { ...good, model: "ResNet-18" }];
    const of = compareAll(mixed, { reference: "found", replicates: 100 });
    const [first] = judgeClaim([...rows, rowOf("ResNet-18")], of);
    equal(first!.verdict, "cannot be told");
    match(first!.because, /ResNet-18.*it is better than 1 of 2\.$/);
  });

  it("names the inputs where they differ, and judges areas on request", () => {
    const other = [found, rowOf("VGG16", { input: "224x224x1" })];
    equal(judgeClaim(other, family)[1]!.because, "found (64x64x1) has 500 parameters, VGG16 (224x224x1) 1,000.");
    match(judgeClaim(rows, family, { measure: "areaUnderCurve" })[0]!.because, /^AUC of found 0\.880/);
  });

  it("refuses a reference that is not the found network", () => {
    throws(() => judgeClaim(rows.slice(1), family), /reference found is not among the 3 models/);
    throws(() => judgeClaim([rowOf("found")], family), /reference found is hand-crafted, expected a found network/);
  });
});
