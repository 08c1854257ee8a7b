import { deepEqual, equal, match } from "node:assert/strict";

import { decideDefault, type ProtocolOutcomes } from "../../lib/tabular/decide-default";

const nothing: ProtocolOutcomes = { confirm: null, replay: null, ridgeShare: null, nested: null };
const good: ProtocolOutcomes = {
  confirm: { tau: 0.3, low: 0.15, partial: [0.05, 0.3], bestAboveRandom: true },
  replay: {
    hybrid: { difference: -0.002, interval: [-0.003, -0.001] },
    ridge: { difference: -0.001, interval: [-0.002, -0.0005] },
  },
  ridgeShare: 0.7,
  nested: { hybrid: { difference: 0.006, interval: [0.001, 0.011] } },
};

describe("decideDefault(outcomes)", () => {
  it("takes the random race until something better is shown, and says what is open", () => {
    const { strategy, claim, open } = decideDefault(nothing);
    deepEqual([strategy, claim, open], ["random-race", null, ["confirm", "replay", "nested"]]);
  });

  it("takes shared weights where every threshold holds, and claims what the nested step showed", () => {
    const { strategy, claim, open } = decideDefault(good);
    deepEqual([strategy, claim, open], ["hybrid", "beats random search of equal effort", []]);
    equal(decideDefault({ ...good, nested: null }).claim, "shared scores add to size");
    equal(
      decideDefault({ ...good, nested: { hybrid: { difference: 0.001, interval: [-0.002, 0.004] } } }).strategy,
      "hybrid",
    );
  });

  it("falls back to the ridge predictor, threshold by threshold", () => {
    const confirm = good.confirm as Exclude<ProtocolOutcomes["confirm"], "left out" | null>;
    const hybrid = (difference: number, interval: readonly [number, number]) => ({
      ...good,
      replay: { ...good.replay, hybrid: { difference, interval } },
    });
    const cases: ProtocolOutcomes[] = [
      { ...good, confirm: null },
      { ...good, confirm: { ...confirm, tau: 0.2 } },
      { ...good, confirm: { ...confirm, low: 0.1 } },
      { ...good, confirm: { ...confirm, partial: [0, 0.3] } },
      { ...good, nested: { hybrid: { difference: -0.004, interval: [-0.009, 0.001] } } },
      hybrid(-0.002, [-0.003, 0]),
      hybrid(-0.0005, [-0.001, -0.0001]),
    ];
    for (const outcomes of cases) equal(decideDefault(outcomes).strategy, "ridge", JSON.stringify(outcomes));
    equal(
      decideDefault({ ...good, confirm: { ...confirm, partial: [-0.1, 0.3] } }).claim,
      "in simulation on this table",
    );
  });

  it("knows that no way of sharing was worth confirming, and claims of the predictor what its own arm showed", () => {
    const left = { ...good, confirm: "left out" as const };
    const { strategy, because, claim, open } = decideDefault(left);
    deepEqual([strategy, claim, open], ["ridge", "in simulation on this table", []]);
    match(because, /^No way of sharing weights orders networks beyond their size\./);
    const arm = (low: number) => ({
      ...left,
      nested: { ridge: { difference: 0.005, interval: [low, 0.01] as const } },
    });
    equal(decideDefault(arm(0.001)).claim, "beats random search of equal effort");
    equal(decideDefault(arm(0)).claim, "in simulation on this table");
  });

  it("falls back to the race where the predictor explains too little or is not below it", () => {
    const low = { ...good, confirm: null, ridgeShare: 0.59 };
    equal(decideDefault(low).strategy, "random-race");
    match(decideDefault(low).because, /Nothing was shown to be better than a random race/);
    const replay = { ridge: { difference: -0.001, interval: [-0.002, 0.0001] as const } };
    equal(decideDefault({ ...good, confirm: null, replay }).strategy, "random-race");
    equal(decideDefault({ ...good, confirm: null, replay: {} }).claim, null);
  });
});
