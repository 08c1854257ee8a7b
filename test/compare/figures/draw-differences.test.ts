import { deepEqual, equal, match, ok } from "node:assert/strict";

import { compareAll } from "../../../lib/compare/compare-all";
import { drawDifferences } from "../../../lib/compare/figures/draw-differences";
import type { Figure } from "../../../lib/display/figure";
import { plainText } from "../../helpers/plain-text";
import { examplePredictions } from "../example";

const namesOf = (layout: Figure["layout"]) => layout.yaxis!.ticktext!.map(plainText);

describe("drawDifferences(comparisons, measure)", () => {
  const sets = [
    examplePredictions("found", { skill: 3 }),
    examplePredictions("far", { skill: 0, draw: 2 }),
    examplePredictions("near", { skill: 3, draw: 3 }),
  ];
  const family = compareAll(sets, { reference: "found", replicates: 100, family: ["far"] });

  it("draws the differences and ends of their intervals, with p-values below their names", () => {
    for (const measure of ["accuracy", "areaUnderCurve"] as const) {
      const { data, layout } = drawDifferences(family, measure);
      const [trace] = data as unknown as { x: number[]; error_x: { array: number[]; arrayminus: number[] } }[];
      const differences = family.members.map(({ comparison }) => comparison[measure].difference);
      deepEqual(
        trace!.x,
        differences.map(({ estimate }) => estimate),
      );
      ok(Math.abs(trace!.x[0]! + trace!.error_x.array[0]! - differences[0]!.high!) < 1e-12);
      ok(Math.abs(trace!.x[0]! - trace!.error_x.arrayminus[0]! - differences[0]!.low!) < 1e-12);
      match(namesOf(layout)[0]!, /^far −0\.\d{3} \[.*\] p < 0\.001$/);
      match(namesOf(layout)[1]!, /^near .*not in the family$/);
      match(plainText(layout.title), measure === "accuracy" ? /p: patients,/ : /within folds/);
      // Of what earlier versions kept, which had neither.
      const members = family.members.map(({ comparison: { overPatients: _, ...older }, ...member }) => {
        if (member.corrected === null) return { ...member, comparison: older };
        const { accuracyOverPatients: _a, areaOverPatients: _b, ...corrected } = member.corrected;
        return { ...member, corrected, comparison: older };
      });
      const before = drawDifferences({ ...family, members }, measure).layout;
      match(plainText(before.title), measure === "accuracy" ? /McNemar/ : /DeLong/);
      match(namesOf(before)[0]!, /p < 0\.001$/);
    }
  });

  it("has a number on either side of 0, however far the differences go", () => {
    for (const measure of ["accuracy", "areaUnderCurve"] as const)
      for (const skill of [0, 1, 2.5, 3.2]) {
        const pair = [sets[0]!, examplePredictions("other", { skill, draw: 5 })];
        const { xaxis } = drawDifferences(compareAll(pair, { reference: "found", replicates: 60 }), measure).layout;
        const [step, reach] = [xaxis!.dtick as number, xaxis!.range![1] as number];
        ok(step <= reach && reach / step < 5, `${step} of ${reach}`);
      }
  });

  it("marks a model that is far beyond all others at the edge, so that these can be told apart", () => {
    const three = compareAll([...sets, examplePredictions("other", { skill: 2.5, draw: 4 })], { reference: "found" });
    const members = three.members.map((member) => {
      if (member.model !== "far") return member;
      const area = member.comparison.areaUnderCurve;
      const difference = { ...area.difference, estimate: -2, low: -2.1, high: -1.9 };
      return { ...member, comparison: { ...member.comparison, areaUnderCurve: { ...area, difference } } };
    });
    const { data, layout } = drawDifferences({ ...three, members }, "areaUnderCurve");
    const [, edge] = data as unknown as { x: number[]; marker: { symbol: string[] }; text: string[] }[];
    const [left] = layout.xaxis!.range as [number];
    ok(left > -1.5 && edge!.x[0]! > left && edge!.x[0]! < 0.9 * left);
    deepEqual([edge!.marker.symbol, edge!.text], [["triangle-left"], ["far, beyond the edge: -2.000"]]);
    match(namesOf(layout)[0]!, /^far −2\.000/);
  });

  it("keeps 0 in the middle, so that both sides are alike", () => {
    const { range } = drawDifferences(family).layout.xaxis!;
    equal(range![0], -range![1]);
  });
});
