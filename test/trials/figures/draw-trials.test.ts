import { deepEqual, equal } from "node:assert/strict";

import { drawTrials } from "../../../lib/trials/figures/draw-trials";
import type { TrialRecord, TrialSearchResult } from "../../../lib/trials/trial-record";

const trial = (candidate: number, fold: number, area: number): TrialRecord => ({
  ...{ candidate, fold, area, code: [candidate], parameters: 1, multiplyAdds: 1, shared: null },
});
const result = (supernets: number): TrialSearchResult => ({
  chosen: {} as TrialSearchResult["chosen"],
  trials: [trial(0, 1, 0.7), trial(1, 0, 0.8), trial(2, 1, 0.75)],
  accounts: { seconds: 180, trainings: [60, 60, 30], scoring: 30, supernets, sharers: 2 },
});

describe("drawTrials(result, title)", () => {
  it("draws each training where its processor time has ended, fold by fold, after the share of the supernets", () => {
    const traces = drawTrials(result(60), "a search").data as unknown as { name: string; x: number[]; y: number[] }[];
    deepEqual(
      traces.map(({ name, x }) => [name, x]),
      [
        ["inner fold 1", [3]],
        ["inner fold 2", [2, 3.5]],
        ["supernets and scores", [1, 1]],
      ],
    );
  });

  it("draws a search that runs by the order of its trainings", () => {
    const { data, layout } = drawTrials({ ...result(60), accounts: null }, "a search");
    deepEqual(
      (data as unknown as { x: number[] }[]).map(({ x }) => x),
      [[2], [1, 3]],
    );
    equal((layout.xaxis!.title as { text: string }).text, "training");
  });

  it("has no line where nothing was paid before", () => {
    const alone = result(0);
    equal(drawTrials({ ...alone, accounts: { ...alone.accounts, scoring: 0 } }, "a search").data.length, 2);
  });
});
