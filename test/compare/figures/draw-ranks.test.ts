import { deepEqual, equal, match } from "node:assert/strict";

import { drawRanks } from "../../../lib/compare/figures/draw-ranks";
import type { Ranking } from "../../../lib/compare/rank-models";
import { plainText } from "../../helpers/plain-text";

describe("drawRanks(ranking)", () => {
  const one = { value: 0.9, low: 0.8, high: 0.95 };
  const ranking: Ranking = {
    measure: "areaUnderCurve",
    models: [
      { ...one, model: "a", rank: 1, rankLow: 1, rankHigh: 2, bestShare: 0.874 },
      { ...one, model: "b", rank: 2, rankLow: 1, rankHigh: 2, bestShare: 0.126 },
    ],
    replicates: 500,
    undefinedReplicates: 0,
    patients: 40,
    confidence: 0.95,
  };

  it("draws ranks with their intervals, and how often each is best", () => {
    const { data, layout } = drawRanks(ranking);
    const [trace] = data as unknown as { x: number[]; error_x: { array: number[]; arrayminus: number[] } }[];
    deepEqual(
      [trace!.x, trace!.error_x.array, trace!.error_x.arrayminus],
      [
        [1, 2],
        [1, 0],
        [0, 1],
      ],
    );
    deepEqual(layout.yaxis!.ticktext!.map(plainText), ["a best in 87 %", "b best in 13 %"]);
    match(plainText(layout.title), /^Ranks by AUC.*95 % of 500 replicates over 40 patients/);
    equal(layout.yaxis!.range![0]! > layout.yaxis!.range![1]!, true);
  });
});
