import { deepEqual, equal, throws } from "node:assert/strict";

import { poolOfFolds } from "../../lib/tabular/pool-of-folds";
import type { Benchmark } from "../../lib/tabular/benchmark";
import { makeRow, tinyProtocol } from "./helpers";

const code = [0, 0, 0, 0, 0, 0];
const rows = [0, 1].flatMap((place) =>
  [1, 2, 3, 4].map((fold) =>
    makeRow({ set: "one", place, fold, area: 0.7 + 0.01 * place + 0.1 * fold, cpuSeconds: 10 * fold + place }),
  ),
);
const shared = [0, 1].flatMap((place) =>
  [1, 2, 3].map((fold) => ({
    ...{ variant: "B", seed: 1, fold, set: "one", place, area: 0.5 + 0.1 * place + 0.01 * fold },
    ...{ loss: 0.5, cpuSeconds: 1, supernetSeconds: 100, protocol: "def" },
  })),
);
const table = {
  ...{ protocol: tinyProtocol, rows, shared },
  networks: [0, 1].map((place) => ({ set: "one", place, network: "abc", code, parameters: 9, multiplyAdds: 99 })),
} as unknown as Benchmark;
const choice = { set: "one", repeat: 1, size: 32, epochs: 15, folds: [1, 2] };
const rounded = (values: readonly number[]) => values.map((value) => Number(value.toFixed(3)));

describe("poolOfFolds(table, choice, truth)", () => {
  it("lets strategies see some folds, and judges on others", () => {
    const pool = poolOfFolds(table, choice, [3, 4]);
    deepEqual(pool.areas.map(rounded), [
      [0.8, 0.9],
      [0.81, 0.91],
    ]);
    deepEqual(rounded(pool.truth), [1.05, 1.06]);
    deepEqual(pool.seconds, [
      [10, 20],
      [11, 21],
    ]);
    deepEqual([pool.options.length, pool.sharedSeconds, pool.candidates[0]!.shared], [6, 0, null]);
  });

  it("takes shared scores from the folds that strategies see alone, and what they have cost", () => {
    const pool = poolOfFolds(table, choice, [3, 4], "B");
    deepEqual(rounded(pool.candidates.map(({ shared: score }) => score!)), [0.515, 0.615]);
    equal(pool.sharedSeconds, 200 + 4);
  });

  it("refuses a fold that is both seen and judged on, what was not measured and what was not scored", () => {
    throws(() => poolOfFolds(table, choice, [2]), /Inner fold 2 is both seen by strategies and judged on/);
    throws(() => poolOfFolds(table, choice, [5]), /no network of one .* folds 1, 2, 5/);
    throws(() => poolOfFolds(table, choice, [3], "A"), /has 0 scores by the supernets A/);
  });
});
