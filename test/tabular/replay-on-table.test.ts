import { deepEqual, equal, ok, rejects } from "node:assert/strict";

import { replayOnTable } from "../../lib/tabular/replay-on-table";
import { exampleReplay, wholeBenchmark } from "./replay-example";

describe("replayOnTable(table, options, progress)", function () {
  this.timeout(60_000);

  it("judges all strategies by images that are put aside, with the way of sharing that was chosen", async () => {
    const outcome = await replayOnTable(wholeBenchmark(), exampleReplay, null);
    deepEqual([outcome.sharing, outcome.networks, outcome.decides], ["worth", 24, 600]);
    const kinds = outcome.strategies.map(({ kind }) => kind);
    ok(kinds.includes("random-race") && kinds.includes("ridge") && kinds.includes("hybrid"));
    for (const { points } of outcome.strategies) {
      deepEqual(
        points.map(({ budget }) => budget),
        [300, 600],
      );
      ok(points.every(({ regret }) => regret >= 0));
    }
    deepEqual(await replayOnTable(wholeBenchmark(), exampleReplay, null), outcome);
    const without = await replayOnTable(wholeBenchmark(), { ...exampleReplay, sharing: false }, null);
    equal(without.sharing, null);
    ok(!without.strategies.some(({ kind }) => kind === "hybrid"));
  });

  it("reads nothing that is put aside before the table is whole", async () => {
    const { rows, shared } = wholeBenchmark();
    let read = 0;
    const putAside = () => {
      read++;
      throw new Error("It was read.");
    };
    const lacking = { rows: rows.filter(({ place, fold }) => place !== 3 || fold !== 4), putAside };
    await rejects(replayOnTable(wholeBenchmark(lacking), exampleReplay, null), /lacks trainings of shape/);
    const unscored = { shared: shared.filter(({ fold }) => fold !== 1), putAside };
    await rejects(replayOnTable(wholeBenchmark(unscored), exampleReplay, null), /or scores by shared weights/);
    equal(read, 0);
  });
});
