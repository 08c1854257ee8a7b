import { deepEqual, equal, match, ok } from "node:assert/strict";

import type { PassesOfNetworks } from "../../lib/compare/passes";
import { showTimesOfWinners, timesOfWinners } from "../../lib/compare/times-of-winners";
import { costOf } from "../../lib/graph/cost";
import { networksOfNested } from "../../lib/tabular/nested-networks";
import { captureBundles } from "../helpers/capture";
import { exampleBenchmark } from "../tabular/example";
import { nestedBenchmark } from "../tabular/nested-example";

/** Passes that take a millisecond for every million of multiply-adds. */
function passesByCost(): { readonly passes: PassesOfNetworks; readonly clock: { seconds(): number; now(): Date } } {
  let now = 0;
  const passes: PassesOfNetworks = {
    describe: () => "by cost",
    prepare: (graph) => ({
      run() {
        now += costOf(graph).multiplyAdds / 1e9;
        return new Float32Array(2);
      },
      dispose: () => undefined,
    }),
  };
  return { passes, clock: { seconds: () => now, now: () => new Date(0) } };
}

describe("timesOfWinners(table, options)", () => {
  const table = nestedBenchmark();
  const millions = networksOfNested(table).map(({ graph }) => costOf(graph).multiplyAdds / 1e6);

  it("holds the winners of each arm against each network beside them, every search alike", () => {
    const [times, ...others] = timesOfWinners(table, { ...passesByCost(), rounds: 2, repeats: 1, warmUp: 0 });
    deepEqual([others.length, times!.arm, times!.reference, times!.networks], [0, "race", "plain", 2]);
    const [first, second, plain, again] = millions as [number, number, number, number];
    // The clock's numbers grow by thousandths: what is taken from each other is right to some digits.
    const near = (value: number, expected: number) => {
      ok(Math.abs(value - expected) < 1e-6 * expected, `${value}, expected ${expected}`);
    };
    near(times!.milliseconds, (first + second + again) / 3);
    near(times!.ofReference, plain);
    near(times!.ratios[0], Math.min(first, second) / plain);
    near(times!.ratios[1], Math.max(first, second) / plain);
  });

  it("has none where nothing is tested yet", () => {
    deepEqual(timesOfWinners(exampleBenchmark()), []);
  });
});

describe("showTimesOfWinners(table)", function () {
  this.timeout(60_000);
  const shown = captureBundles();
  const said = () => shown.all().map(({ "text/plain": plain }) => plain);

  it("shows what networks take in this process, or that nothing is tested yet", () => {
    showTimesOfWinners(exampleBenchmark());
    match(said()[0]!, /^Not yet: /);
    showTimesOfWinners(nestedBenchmark());
    match(said()[1]!, /An image at a time, .*kernels/);
    match(said()[1]!, /race +2 +\d+\.\d\d +plain +\d+\.\d\d +\d+\.\d\d +\d+\.\d\d to \d+\.\d\d/);
    equal(said().length, 2);
  });
});
