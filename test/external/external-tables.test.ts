import { deepEqual, equal, match } from "node:assert/strict";

import {
  externalCalibrationTable,
  externalTable,
  rankChanges,
  recalibrationTable,
} from "../../lib/external/external-tables";
import { judgeExternal } from "../../lib/external/judge-external";
import { applyCarried, carryOver } from "../../lib/external/external-predictions";
import { recalibrate } from "../../lib/external/recalibrate";
import { createRandom } from "../../lib/runtime/random";
import { inventNetworks } from "./example";

const evaluation = { replicates: 100 };
const own = inventNetworks({ set: "own", validation: true });
const there = inventNetworks({ set: "there", all: true, distance: 1 });
const { result } = judgeExternal(own, there, { evaluation });
const withAreas = (model: string, here: number, other: number) => {
  const side = (value: number) => ({
    ...result.own,
    measures: { ...result.own.measures, areaUnderCurve: { ...result.own.measures.areaUnderCurve, value } },
  });
  return { ...result, model, own: side(here), each: side(other) };
};

describe("externalTable(results)", () => {
  it("has four rows a model, with both sides and the difference", () => {
    const rows = externalTable([result]);
    deepEqual(rows.map(({ measure }) => measure), ["AUC", "accuracy", "sensitivity", "specificity"]); // prettier-ignore
    match(String(rows[0]!["own tested images"]), /^0\.\d{3} \[0\.\d{3}, 0\.\d{3}\]$/);
    match(String(rows[0]!.difference), /^−0\.\d{3} \[−0\.\d{3}, [−+]0\.\d{3}\]$/);
    const without = externalTable([{ ...result, differences: { ...result.differences, accuracy: null } }]);
    equal(without[1]!.difference, "no interval");
  });
});

describe("externalCalibrationTable(results)", () => {
  it("has intercept and slope of both sides", () => {
    const [row] = externalCalibrationTable([result]);
    match(String(row!["slope, other set"]), /^\d\.\d\d \[-?\d\.\d\d, \d\.\d\d\]$/);
    const none = { ...result.calibration.own, slope: { value: null, low: null, high: null } };
    const [odd] = externalCalibrationTable([{ ...result, calibration: { ...result.calibration, own: none } }]);
    equal(odd!["slope, own (1 is right)"], "not defined");
  });
});

describe("rankChanges(results)", () => {
  it("counts places up and down, equal models sharing theirs, and correlates the areas", () => {
    const models = [
      withAreas("a", 0.9, 0.7),
      withAreas("b", 0.8, 0.8),
      withAreas("c", 0.8, 0.6),
      withAreas("d", 0.7, 0.9),
    ];
    const { rows, tau } = rankChanges(models);
    deepEqual(
      rows.map((row) => [row.model, row["own rank"], row["rank on the other set"], row.change]),
      [
        ["a", 1, 3, -2],
        ["b", 2.5, 2, 0.5],
        ["c", 2.5, 4, -1.5],
        ["d", 4, 1, 3],
      ],
    );
    // Six pairs: one tied here, one in order (a c), four against it (a b, a d, b d, c d).
    equal(tau!.toFixed(9), (-3 / Math.sqrt(5 * 6)).toFixed(9));
    equal(rankChanges(models.slice(0, 2)).tau, null);
  });
});

describe("recalibrationTable(points)", () => {
  it("has a row for each number and kind, without a spread where nothing was drawn", () => {
    const { calibrated } = applyCarried(there, carryOver(own));
    const rows = recalibrationTable(recalibrate(calibrated, createRandom(1), { draws: 10, images: [0, 20] }));
    equal(rows.length, 3);
    match(String(rows[0]!["log loss"]), /^0\.\d{3}$/);
    match(String(rows[1]!["log loss"]), /^0\.\d{3} \(0\.\d{3} to 0\.\d{3}\)$/);
  });
});
