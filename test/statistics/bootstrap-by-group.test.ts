import { deepEqual, equal, match, ok, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { bootstrapByGroup, type RowStatistic } from "../../lib/statistics/bootstrap-by-group";
import type { ResampleOptions } from "../../lib/statistics/resample-groups";
import { mean } from "../../lib/statistics/summary";
import { inference, near } from "./recorded/read";

const { values, ends, deviation } = inference.bootstrap;
const groups = inference.bootstrap.groups.map(String);
const meanOfRows = (own: readonly number[]) => (rows: readonly number[]) =>
  rows.reduce((sum, row) => sum + own[row]!, 0) / rows.length;
const statistic = meanOfRows(values);
const random = () => createRandom(1);
const intervalOf = ({
  statistic: own,
  ...options
}: { statistic: RowStatistic } & ResampleOptions & { confidence?: number }) =>
  bootstrapByGroup({ ...options, statistics: { statistic: own } }).statistic;

describe("bootstrapByGroup(options)", () => {
  it("gives the interval that an independent bootstrap gave, but for chance", () => {
    const found = intervalOf({ groups, statistic, random: random(), replicates: 8000 });
    near(found.estimate!, mean(values));
    // A percentile of 8000 replicates varies by some 0.03 deviations.
    for (const [index, end] of [found.low!, found.high!].entries()) {
      ok(Math.abs(end - ends[index]!) < 0.12 * deviation, `${end}, expected ${ends[index]}`);
    }
    deepEqual([found.replicates, found.undefinedReplicates, found.reason], [8000, 0, null]);
  });

  it("is wider than where the rows of a group are taken for independent", () => {
    const width = (of: readonly string[]) => {
      const { low, high } = intervalOf({ groups: of, statistic, random: random() });
      return high! - low!;
    };
    ok(width(groups) > 1.4 * width(values.map((_, row) => String(row))));
  });

  it("gives several statistics the intervals that each has alone with the same seed", () => {
    const both = bootstrapByGroup({
      groups,
      statistics: { mean: statistic, count: (rows) => rows.length },
      random: random(),
      replicates: 300,
    });
    deepEqual(both.mean, intervalOf({ groups, statistic, random: random(), replicates: 300 }));
    equal(both.count.estimate, values.length);
    ok(both.count.low! < values.length && values.length < both.count.high!);
  });

  it("is narrower with less confidence", () => {
    const width = (more: object) => {
      const { low, high } = intervalOf({ groups, statistic, random: random(), ...more });
      return high! - low!;
    };
    ok(width({ confidence: 0.5 }) < 0.5 * width({}));
  });

  it("counts replicates for which the statistic is not defined, and leaves them out", () => {
    const found = intervalOf({
      groups: ["a", "b", "c", "d"],
      statistic: (rows) => (rows.includes(0) ? rows.length : null),
      random: random(),
    });
    // The chance that a is drawn in none of four draws: (3/4)⁴ = 0.316.
    ok(Math.abs(found.undefinedReplicates / 2000 - 0.316) < 0.04);
    deepEqual([found.low, found.high, found.reason], [4, 4, null]);
  });

  it("has no interval, with a reason, where there can be none", () => {
    const one = intervalOf({ groups: ["a", "a"], statistic: () => 1, random: random() });
    deepEqual([one.estimate, one.low, one.high], [1, null, null]);
    match(one.reason!, /of one group/);
    const none = intervalOf({ groups: ["a", "b"], statistic: () => null, random: random() });
    deepEqual([none.estimate, none.low], [null, null]);
    match(none.reason!, /not defined for these rows/);
    const rare = intervalOf({
      groups: ["a", "b", "c", "d"],
      statistic: (rows) => (new Set(rows).size === 4 ? 1 : null),
      random: random(),
    });
    deepEqual([rare.estimate, rare.low], [1, null]);
    match(rare.reason!, /not defined for \d+ of 2000 replicates/);
  });

  it("is fast enough for ten measures of 1,900 rows", function () {
    this.timeout(20_000);
    const many = Array.from({ length: 1900 }, (_, row) => row / 1900);
    const own = many.map((_, row) => `patient ${Math.floor(row / 2)}`);
    const measure = meanOfRows(many);
    const names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
    const statistics = Object.fromEntries(names.map((name) => [name, measure]));
    equal(Object.keys(bootstrapByGroup({ groups: own, statistics, random: random() })).length, 10);
  });

  it("refuses other input", () => {
    const options = { groups, random: random() };
    throws(() => intervalOf({ ...options, statistic: () => NaN }), /statistic to be bootstrapped is NaN/);
    throws(() => bootstrapByGroup({ ...options, statistics: { area: () => Infinity } }), /The area to be bootstrapped/);
    throws(() => intervalOf({ ...options, statistic, confidence: 95 }), /The confidence is 95/);
    throws(() => intervalOf({ ...options, statistic, replicate: 3 } as never), /Did you mean "replicates"/);
    throws(() => intervalOf({ ...options, groups: [], statistic }), /no rows/);
  });
});
