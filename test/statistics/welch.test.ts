import { deepEqual, match, ok, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { mean, quantile } from "../../lib/statistics/summary";
import { welchDifference } from "../../lib/statistics/welch";
import { near, patients } from "./recorded/read";

describe("welchDifference(first, second, confidence)", () => {
  it("gives what SciPy gives", () => {
    for (const { first, second, confidence, values } of patients.welch) {
      const { difference, degreesOfFreedom, low, high, p } = welchDifference(first, second, confidence);
      near([difference, degreesOfFreedom!, low!, high!, p!], values, 1e-12);
    }
  });

  it("covers the true difference of 4 and 8 values as often as it says, which percentiles of a bootstrap do not", () => {
    const random = createRandom(4);
    const rounds = 1500;
    let [welch, bootstrap] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      const draw = (count: number, centre: number) => Array.from({ length: count }, () => random.normal(centre, 0.009));
      const [first, second] = [draw(4, 0.01), draw(8, 0)];
      const { low, high } = welchDifference(first, second);
      if (low! <= 0.01 && 0.01 <= high!) welch++;
      if (round % 5 > 0) continue;
      const again = (values: readonly number[]) => mean(values.map(() => random.choice(values)));
      const differences = Array.from({ length: 200 }, () => again(first) - again(second));
      if (quantile(differences, 0.025) <= 0.01 && 0.01 <= quantile(differences, 0.975)) bootstrap++;
    }
    ok(Math.abs(welch / rounds - 0.95) < 0.017, `Welch's interval covers ${welch} of ${rounds}`);
    ok((5 * bootstrap) / rounds < 0.92, `the bootstrap covers ${bootstrap} of ${rounds / 5}`);
  });

  it("has no interval for one value alone or for lists that do not vary, and says so", () => {
    const single = welchDifference([1], [2, 3]);
    deepEqual([single.difference, single.low, single.high, single.p], [-1.5, null, null, null]);
    match(single.reason!, /first list has one value/);
    match(welchDifference([1, 2], [3]).reason!, /second list has one value/);
    match(welchDifference([0.1, 0.1, 0.1], [0.3, 0.3]).reason!, /are equal/);
    ok(welchDifference([0.1, 0.1], [0.3, 0.4]).low !== null);
  });

  it("refuses what is no list of numbers", () => {
    throws(() => welchDifference([], [1]), { name: "Problem" });
    throws(() => welchDifference([1, NaN], [1]), { name: "Problem" });
    throws(() => welchDifference([1, 2], [1, 2], 1), { name: "Problem" });
  });
});
