import { deepEqual, equal } from "node:assert/strict";

import { costTable } from "../../lib/study/cost-table";
import type { GatheredModel } from "../../lib/study/gather-models";

const latency = [
  { batch: 1, medianMs: 3.04, lowMs: 2.5, highMs: 4, warmUp: 3, repeats: 30 },
  { batch: 32, medianMs: 40, lowMs: 38.26, highMs: 44, warmUp: 3, repeats: 30 },
];

function modelOf(name: string, more: Partial<GatheredModel>): GatheredModel {
  return {
    evaluation: { model: name },
    kind: "hand-crafted",
    input: null,
    cost: { parameters: 9000, multiplyAdds: 1e6, fileBytes: 40_000, latency },
    trainSeconds: 75,
    searchSeconds: null,
    peakMegabytes: 311.6,
    predictions: { model: name, rows: [] },
    ...more,
  } as unknown as GatheredModel;
}

describe("costTable(models)", () => {
  it("puts size, times and memory of networks side by side", () => {
    deepEqual(costTable([modelOf("ENAS", { searchSeconds: 3725 }), modelOf("CNN3", {})]), [
      {
        model: "ENAS",
        parameters: 9000,
        "multiply-adds": 1e6,
        "file (MB)": 0.04,
        "1 image (ms) [quartiles]": "3.0 [2.5, 4.0]",
        "32 images (ms) [quartiles]": "40.0 [38.3, 44.0]",
        training: "1m15s",
        search: "1h02m",
        "peak memory (MB)": 312,
      },
      {
        model: "CNN3",
        parameters: 9000,
        "multiply-adds": 1e6,
        "file (MB)": 0.04,
        "1 image (ms) [quartiles]": "3.0 [2.5, 4.0]",
        "32 images (ms) [quartiles]": "40.0 [38.3, 44.0]",
        training: "1m15s",
        search: null,
        "peak memory (MB)": 312,
      },
    ]);
  });

  it("leaves out what is no network, and shows what was not measured as nothing", () => {
    deepEqual(costTable([modelOf("majority class", { cost: null })]), []);
    const [row] = costTable([
      modelOf("own", {
        cost: { parameters: 1, multiplyAdds: 1, fileBytes: 4, latency: [] },
        trainSeconds: null,
        peakMegabytes: null,
      }),
    ]);
    equal(row!["1 image (ms) [quartiles]"], null);
    equal(row!.training, null);
    equal(row!["peak memory (MB)"], null);
  });
});
