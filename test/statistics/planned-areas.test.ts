import { deepEqual, ok, throws } from "node:assert/strict";

import { createRandom, type RandomGenerator } from "../../lib/runtime/random";
import { clusteredAreas, varianceOfSum } from "../../lib/statistics/clustered-areas";
import { judgeDifference, powerOfDifference } from "../../lib/statistics/equivalence";
import { normalQuantile } from "../../lib/statistics/normal-quantile";
import { planAreas } from "../../lib/statistics/planned-areas";
import { mean, standardDeviation } from "../../lib/statistics/summary";
import { near, planning } from "./recorded/read";

/** A study of three folds, as one might be planned. */
const strata = [
  { ones: 40, zeros: 90 },
  { ones: 45, zeros: 80 },
  { ones: 35, zeros: 85 },
];

/** Two scores of each case that correlate within a class, and their areas with how these vary by Obuchowski's estimator. */
function draw(random: RandomGenerator, areas: readonly [number, number], correlation: number) {
  const [labels, folds, first, second]: [number[], string[], number[], number[]] = [[], [], [], []];
  const shifts = areas.map((area) => Math.SQRT2 * normalQuantile(area)) as [number, number];
  strata.forEach(({ ones, zeros }, fold) => {
    for (let row = 0; row < ones + zeros; row++) {
      const label = row < ones ? 1 : 0;
      const shared = Math.sqrt(correlation) * random.normal();
      const own = () => shared + Math.sqrt(1 - correlation) * random.normal();
      labels.push(label);
      folds.push(`fold ${fold + 1}`);
      first.push(label * shifts[0] + own());
      second.push(label * shifts[1] + own());
    }
  });
  const groups = labels.map((_, row) => String(row));
  const found = clusteredAreas({ labels, groups, strata: folds }, [first, second]);
  const difference = found.areas[0]! - found.areas[1]!;
  return { areas: found.areas, difference, standardError: Math.sqrt(varianceOfSum(found.covariance!, [1, -1])) };
}

describe("planAreas(strata, expected)", () => {
  it("gives what summing over all pairs of pairs gives, by SciPy's normal distributions", () => {
    for (const { strata: own, values, ...expected } of planning.areas) {
      const { standardError, standardErrorOfDifference, correlationOfAreas } = planAreas(own, expected);
      near([standardError, standardErrorOfDifference, correlationOfAreas], values, 1e-11);
    }
  });

  it("is what simulated studies give: the spread of areas and differences, and how areas correlate", () => {
    const expected = { area: 0.9, correlation: 0.85 };
    const planned = planAreas(strata, expected);
    const random = createRandom(11);
    const drawn = Array.from({ length: 3000 }, () => draw(random, [0.9, 0.9], 0.85));
    const spread = standardDeviation(drawn.map(({ difference }) => difference), 1); // prettier-ignore
    near(spread / planned.standardErrorOfDifference, 1, 0.04);
    near(mean(drawn.map(({ standardError }) => standardError)) / planned.standardErrorOfDifference, 1, 0.03);
    const ofOne = standardDeviation(drawn.map(({ areas }) => areas[0]!), 1); // prettier-ignore
    near(ofOne / planned.standardError, 1, 0.04);
  });

  it("promises the power that simulated studies have: for a difference, and for equivalence", () => {
    const planned = planAreas(strata, { area: 0.9, correlation: 0.85 });
    const { standardErrorOfDifference: error } = planned;
    const margin = 3.2 * error;
    const { detectable, powerOfEquivalence } = powerOfDifference(error, margin);
    const random = createRandom(12);
    const rounds = 1500;
    const judge = (areas: readonly [number, number]) => {
      const { difference, standardError } = draw(random, areas, 0.85);
      return judgeDifference({ difference, standardError, margin });
    };
    let [found, equivalent, mistaken] = [0, 0, 0];
    for (let round = 0; round < rounds; round++) {
      if (judge([0.9 + detectable / 2, 0.9 - detectable / 2]).interval.low > 0) found++;
      const none = judge([0.9, 0.9]);
      if (none.equivalent) equivalent++;
      if (none.p < 0.05) mistaken++;
    }
    near(found / rounds, 0.8, 0.04);
    near(equivalent / rounds, powerOfEquivalence, 0.04);
    near(mistaken / rounds, 0.05, 0.02);
  });

  it("passes over strata with one class, and takes one stratum for the whole", () => {
    const expected = { area: 0.8, correlation: 0.5 };
    const two = [
      { ones: 5, zeros: 9 },
      { ones: 0, zeros: 30 },
    ];
    deepEqual(planAreas(two, expected), planAreas(two.slice(0, 1), expected));
    // Comparing within folds alone costs a little: the whole has more pairs.
    const whole = planAreas([{ ones: 120, zeros: 255 }], expected);
    ok(whole.standardError < planAreas(strata, expected).standardError);
  });

  it("refuses what cannot be expected or counted", () => {
    const one = [{ ones: 3, zeros: 4 }];
    for (const area of [0.5, 1, NaN])
      throws(() => planAreas(one, { area, correlation: 0.5 }), { name: "Problem", message: /expected area/ });
    for (const correlation of [-0.1, 1, NaN])
      throws(() => planAreas(one, { area: 0.9, correlation }), { name: "Problem", message: /expected correlation/ });
    const expected = { area: 0.9, correlation: 0.5 };
    throws(() => planAreas([], expected), { name: "Problem", message: /No stratum/ });
    throws(() => planAreas([{ ones: 0, zeros: 4 }], expected), { name: "Problem", message: /No stratum/ });
    throws(() => planAreas([{ ones: 1.5, zeros: 4 }], expected), { name: "Problem", message: /1\.5 cases/ });
    throws(() => planAreas([{ ones: -1, zeros: 4 }], expected), { name: "Problem", message: /-1 cases/ });
  });
});
