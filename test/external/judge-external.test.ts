import { deepEqual, equal, match, ok } from "node:assert/strict";

import { judgeExternal } from "../../lib/external/judge-external";
import { areaUnderCurve } from "../../lib/statistics/area-under-curve";
import { independentDifference } from "../../lib/statistics/independent-difference";
import { inventNetworks } from "./example";

const evaluation = { replicates: 200 };

describe("judgeExternal(own, external, options)", () => {
  const own = inventNetworks({ set: "own", validation: true, patients: 240 });

  it("finds no loss where the other hospital's images are like the own", () => {
    const there = inventNetworks({ set: "there", all: true, patients: 240 });
    const { result } = judgeExternal(own, there, { evaluation });
    equal(result.networks, 3);
    match(result.origin, /validation part/);
    for (const difference of Object.values(result.differences)) ok(difference!.low < 0 && difference!.high > 0);
    deepEqual([result.each.images, result.each.malignant, result.each.patients], [240, 96, 240]);
    const areas = ["fold 1", "fold 2", "fold 3"].map((fold) => {
      const rows = there.rows.filter((row) => row.fold === fold);
      return areaUnderCurve(rows.map(({ logit }) => logit!), rows.map(({ label }) => label)); // prettier-ignore
    });
    const mean = areas.reduce((sum, area) => sum + area / 3, 0);
    ok(Math.abs(result.each.measures.areaUnderCurve.value! - mean) < 1e-12, "the mean over networks");
    ok(result.together.measures.areaUnderCurve.value! > mean, "networks with errors of their own are better together");
  });

  it("finds what is lost, with the interval that follows from both", () => {
    const there = inventNetworks({ set: "there", all: true, patients: 240, distance: 0.8 });
    const { result } = judgeExternal(own, there, { evaluation });
    const [a, b] = [result.each.measures.areaUnderCurve, result.own.measures.areaUnderCurve];
    const expected = independentDifference(
      { value: a.value!, low: a.low!, high: a.high! },
      { value: b.value!, low: b.low!, high: b.high! },
    );
    deepEqual(result.differences.areaUnderCurve, expected);
    ok(expected.high < -0.05, `${expected.difference} [${expected.low}, ${expected.high}]`);
    ok(result.calibration.external.slope.value! < result.calibration.own.slope.value!);
  });

  it("tells images that look more malignant to all networks: sensitivity up, specificity down, the area as it was", () => {
    const plain = judgeExternal(own, inventNetworks({ set: "there", all: true, patients: 240 }), { evaluation });
    const moved = judgeExternal(own, inventNetworks({ set: "there", all: true, patients: 240, offset: 1.5 }), { evaluation }); // prettier-ignore
    const of = (name: "areaUnderCurve" | "sensitivity" | "specificity") =>
      [plain, moved].map(({ result }) => result.each.measures[name].value!) as [number, number];
    equal(...of("areaUnderCurve"));
    ok(of("sensitivity")[1] > of("sensitivity")[0] + 0.05 && of("specificity")[1] < of("specificity")[0] - 0.1);
    const intercept = moved.result.calibration.external.intercept;
    ok(intercept.high! < -0.5, "malignancy is overestimated");
  });

  it("has no difference where a side has no interval", () => {
    const there = inventNetworks({ set: "there", all: true, patients: 12 });
    const constant = { ...there, rows: there.rows.map((row) => ({ ...row, logit: -9, probability: 1 / (1 + Math.exp(9)) })) }; // prettier-ignore
    const { result } = judgeExternal(own, constant, { evaluation });
    equal(result.each.measures.sensitivity.value, 0);
    equal(result.each.measures.areaUnderCurve.value, 0.5);
  });
});
