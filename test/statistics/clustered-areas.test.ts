import { deepEqual, equal, match, ok, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { areaUnderCurve } from "../../lib/statistics/area-under-curve";
import { clusteredAreas, varianceOfSum } from "../../lib/statistics/clustered-areas";
import { compareDelong, delongInterval } from "../../lib/statistics/delong";
import { twoSidedNormal } from "../../lib/statistics/normal-probability";
import { inference, near, patients } from "./recorded/read";

describe("clusteredAreas(rows, scores)", () => {
  for (const { name, labels, groups, strata, scores, whole, withinStrata } of patients.clustered) {
    it(`gives the areas and the covariance of Obuchowski's formulas: ${name}`, () => {
      const found = clusteredAreas({ labels, groups }, scores);
      near(found.areas, whole.areas, 1e-12);
      near(found.covariance!.flat(), whole.covariance.flat(), 1e-15);
      const within = clusteredAreas({ labels, groups, strata }, scores);
      near(within.areas, withinStrata.areas, 1e-12);
      near(within.covariance!.flat(), withinStrata.covariance.flat(), 1e-15);
      deepEqual([found.leftOut, found.reason, within.leftOut, within.reason], [[], null, [], null]);
    });
  }

  for (const { name, labels, first, second } of inference.delong) {
    it(`is DeLong's where every group has one row: ${name}`, () => {
      const groups = labels.map((_, row) => String(row));
      const { areas, covariance } = clusteredAreas({ labels, groups }, [first, second]);
      near([...areas], [areaUnderCurve(first, labels), areaUnderCurve(second, labels)]);
      near(covariance![0]![0]!, delongInterval(labels, first).variance!, 1e-14);
      const { z, difference } = compareDelong(labels, first, second);
      near(difference / Math.sqrt(varianceOfSum(covariance!, [1, -1])), z!, 1e-9);
    });
  }

  it("is 0.5 with no variance for scores that are equal within each stratum, however far these are apart", () => {
    const labels = [0, 1, 1, 0, 1, 0, 1, 1, 0];
    const strata = labels.map((_, row) => `fold ${row < 4 ? 1 : 2}`);
    const groups = labels.map((_, row) => `p${row}`);
    const scores = strata.map((name) => (name === "fold 1" ? 0.3 : 0.35));
    const { areas, covariance } = clusteredAreas({ labels, groups, strata }, [scores]);
    deepEqual([areas, covariance], [[0.5], [[0]]]);
    ok(clusteredAreas({ labels, groups }, [scores]).areas[0] !== 0.5);
  });

  it("leaves out strata with one class, and says which", () => {
    const labels = [0, 1, 0, 1, 1, 1, 1];
    const strata = ["a", "a", "a", "a", "b", "b", "b"];
    const groups = labels.map((_, row) => `p${row}`);
    const scores = [0.1, 0.4, 0.2, 0.15, 0.9, 0.8, 0.7];
    const found = clusteredAreas({ labels, groups, strata }, [scores]);
    deepEqual(found.leftOut, ["b"]);
    equal(found.areas[0], 0.75);
    throws(
      () =>
        clusteredAreas({ labels: [0, 0, 1, 1], groups: groups.slice(0, 4), strata: ["a", "a", "b", "b"] }, [
          [1, 2, 3, 4],
        ]),
      {
        name: "Problem",
        message: /one class/,
      },
    );
  });

  it("says that the variance is unknown where a class is of one patient alone", () => {
    const found = clusteredAreas({ labels: [0, 0, 1, 1], groups: ["a", "b", "c", "c"] }, [[1, 2, 3, 4]]);
    deepEqual([found.areas, found.covariance], [[1], null]);
    match(found.reason!, /one group only/);
    const within = clusteredAreas(
      { labels: [0, 0, 1, 1], groups: ["a", "b", "c", "c"], strata: ["fold 1", "fold 1", "fold 1", "fold 1"] },
      [[1, 2, 3, 4]],
    );
    match(within.reason!, /^In fold 1 a class/);
  });

  it("refuses lists that do not go together", () => {
    const rows = { labels: [0, 1], groups: ["a", "b"] };
    throws(() => clusteredAreas(rows, [[1]]), { name: "Problem" });
    throws(() => clusteredAreas({ ...rows, groups: ["a"] }, [[1, 2]]), { name: "Problem" });
    throws(() => clusteredAreas({ ...rows, strata: ["a"] }, [[1, 2]]), { name: "Problem" });
    throws(() => clusteredAreas(rows, [[1, NaN]]), { name: "Problem" });
    throws(() => clusteredAreas({ ...rows, labels: [1, 1] }, [[1, 2]]), { name: "Problem" });
  });

  it("errs as often as it says where patients have two views, which DeLong's test does not", () => {
    const random = createRandom(1);
    const rounds = 1000;
    let [clustered, delong] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      const [labels, groups, first, second]: [number[], string[], number[], number[]] = [[], [], [], []];
      for (let patient = 0; patient < 120; patient++) {
        const label = patient % 3 === 0 ? 1 : 0;
        // What a model makes of a patient is shared by the views: 76 % of the patients have two.
        const own = [random.normal(), random.normal(), random.normal()] as const;
        for (let view = 0; view < (random.uniform() < 0.76 ? 2 : 1); view++) {
          labels.push(label);
          groups.push(`p${patient}`);
          first.push(1.3 * label + own[0] + own[1] + 0.5 * random.normal());
          second.push(1.3 * label + own[0] + own[2] + 0.5 * random.normal());
        }
      }
      const { areas, covariance } = clusteredAreas({ labels, groups }, [first, second]);
      const z = (areas[0]! - areas[1]!) / Math.sqrt(varianceOfSum(covariance!, [1, -1]));
      if (twoSidedNormal(z) < 0.05) clustered++;
      if (compareDelong(labels, first, second).p! < 0.05) delong++;
    }
    ok(Math.abs(clustered / rounds - 0.05) < 0.022, `Obuchowski's test errs in ${clustered} of ${rounds}`);
    ok(delong / rounds > 0.085, `DeLong's test errs in ${delong} of ${rounds}`);
  });
});
