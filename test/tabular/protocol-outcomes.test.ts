import { deepEqual, equal, ok } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import type { Benchmark } from "../../lib/tabular/benchmark";
import { lessThanRace, outcomesOf } from "../../lib/tabular/protocol-outcomes";
import { replayOnTable } from "../../lib/tabular/replay-on-table";
import { exampleBenchmark } from "./example";
import { exampleReplay, wholeBenchmark } from "./replay-example";

describe("outcomesOf(table, set, random)", function () {
  this.timeout(60_000);
  const random = createRandom(2);
  const nested = (arm: string, search: number, area: number) => ({
    ...{ arm, search, fold: 1, network: "a", code: [1], parameters: 1, multiplyAdds: 1, trainings: 1 },
    ...{ cpuSeconds: 1, supernetSeconds: 0, areas: [area], protocol: "def", logits: { from: 0, count: 0 } },
  });

  it("are null where steps are not taken", () => {
    deepEqual(outcomesOf(exampleBenchmark(), "shape", random), {
      ...{ confirm: null, replay: null, ridgeShare: null, nested: null },
    });
  });

  it("say that confirming is left out only where the step before it found no way of sharing", () => {
    equal(outcomesOf(wholeBenchmark(), "shape", random).confirm, null);
    const shared: Benchmark["shared"] = wholeBenchmark().shared.map((score) => ({
      ...score,
      area: 0.5 + ((score.place * 7 + score.fold) % 24) / 100,
    }));
    equal(outcomesOf(wholeBenchmark({ shared }), "shape", random).confirm, "left out");
  });

  it("hold strategies against the race at the budget that decides, and arms pair by pair", async () => {
    const replay = await replayOnTable(wholeBenchmark(), exampleReplay, null);
    const rows = [1, 2, 3].flatMap((search) => [
      nested("random-race", search, 0.8 + search / 100),
      nested("ridge", search, 0.81 + search / 100 + search / 1000),
    ]);
    const outcomes = outcomesOf(wholeBenchmark({ replay, nested: rows }), "shape", random);
    equal(outcomes.ridgeShare, replay.ridge.share);
    deepEqual(outcomes.replay, lessThanRace(replay));
    const regretOf = (kind: string) => replay.strategies.find((one) => one.kind === kind)!.points[1]!.regret;
    ok(Math.abs(outcomes.replay.ridge!.difference - (regretOf("ridge") - regretOf("random-race"))) < 1e-12);
    ok(!("random-race" in outcomes.replay));
    ok(Math.abs(outcomes.nested!.ridge!.difference - 0.012) < 1e-9);
    // One pair has no interval, and without the race there is nothing to hold an arm against.
    equal(outcomesOf(wholeBenchmark({ nested: rows.slice(0, 2) }), "shape", random).nested, null);
    equal(outcomesOf(wholeBenchmark({ nested: [rows[1]!] }), "shape", random).nested, null);
  });
});
