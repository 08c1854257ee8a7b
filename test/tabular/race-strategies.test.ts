import { deepEqual, equal, match, ok, throws } from "node:assert/strict";

import { raceStrategies, raceTable, showRace } from "../../lib/tabular/race-strategies";
import type { PoolStrategy } from "../../lib/trials/strategies/pool-strategy";
import { captureBundles } from "../helpers/capture";
import { exampleBenchmark } from "./example";

/** Takes the largest network, unseen. */
const largest: PoolStrategy = {
  ...{ kind: "largest", title: "largest (own)", description: "Takes the largest.", usesShared: false },
  *search({ candidates }) {
    const sizes = candidates.map(({ parameters }) => parameters);
    return sizes.indexOf(Math.max(...sizes));
  },
};

describe("raceStrategies(table, own, options)", function () {
  this.timeout(30_000);
  const options = { minutes: [2, 10], pools: 4, replays: 2 };
  const shown = captureBundles();

  it("races all strategies that need no shared scores, and one's own, on folds that they have not seen", () => {
    const raced = raceStrategies(exampleBenchmark(), [largest], options);
    ok(raced.some(({ kind }) => kind === "random-race") && !raced.some(({ kind }) => kind === "hybrid"));
    for (const { points } of raced)
      deepEqual(
        points.map(({ budget }) => budget),
        [120, 600],
      );
    // Larger networks are better in this table: who knows that has hardly any regret, and a race of minutes has more.
    const regretOf = (name: string) => raced.find(({ kind }) => kind === name)!.points[0]!.regret;
    ok(regretOf("largest") < 0.005, String(regretOf("largest")));
    ok(regretOf("random") > regretOf("largest"));
    deepEqual(raceStrategies(exampleBenchmark(), [largest], options), raced);
    const rows = raceTable(raced);
    equal(rows.length, raced.length - 1);
    ok((rows.find(({ strategy }) => strategy === "largest (own)")!["regret less the race's"] as number) <= 0);
    showRace(raced);
    match(String(shown.last()["text/html"]), /Against the random race, at 10 processor minutes/);
    equal(shown.all().length, 2);
  });

  it("refuses a fold that is seen and judged on, scores that are not there, and options that it does not know", () => {
    throws(() => raceStrategies(exampleBenchmark(), [], { seen: [1, 4] }), /Inner fold 4 is both seen/);
    throws(() => raceStrategies(exampleBenchmark(), [], { sharing: "A" }), /has 0 scores by the supernets A/);
    throws(() => raceStrategies(exampleBenchmark(), [], { minuts: [5] } as object), /minuts/);
  });
});
