import { equal, ok } from "node:assert/strict";

import { measureOtherLoad } from "../../lib/bench/other-load";

describe("measureOtherLoad(milliseconds, times)", () => {
  const of = (...snapshots: readonly (readonly [busy: number, idle: number])[][]) => {
    let next = 0;
    return () =>
      snapshots[next++]!.map(([user, idle]) => ({ times: { user: user / 2, nice: 0, sys: user / 2, irq: 0, idle } }));
  };

  it("is the share of all processors that was busy in between", async () => {
    const times = of(
      [
        [1000, 5000],
        [0, 0],
      ],
      [
        [1090, 5010],
        [10, 90],
      ],
    );
    equal(await measureOtherLoad(1, times), 0.5);
  });

  it("is nothing where the clock of the processors has not moved", async () => {
    equal(await measureOtherLoad(1, of([[5, 5]], [[5, 5]])), 0);
  });

  it("is a share on this machine", async () => {
    const load = await measureOtherLoad(50);
    ok(load >= 0 && load <= 1, String(load));
  });
});
