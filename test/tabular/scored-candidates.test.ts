import { deepEqual, equal, throws } from "node:assert/strict";

import type { Benchmark } from "../../lib/tabular/benchmark";
import { scoredCandidates } from "../../lib/tabular/scored-candidates";
import { tinyProtocol } from "./helpers";

const shared = [0, 1].flatMap((place) =>
  [1, 2].map((fold) => ({
    ...{ variant: "B", seed: 1, fold, set: "one", place, area: 0.5 + 0.1 * place + 0.2 * fold },
    ...{ loss: 0.5, cpuSeconds: 1, supernetSeconds: 100, protocol: "def" },
  })),
);
const table = {
  ...{ protocol: tinyProtocol, shared },
  networks: [0, 1].map((place) => ({ set: "one", place, network: "abc", code: [0], parameters: 9, multiplyAdds: 99 })),
} as unknown as Benchmark;
const asked = { set: "one", places: [0, 1], variant: "B", folds: null };
const scoresOf = ({ candidates }: ReturnType<typeof scoredCandidates>) =>
  candidates.map(({ shared: score }) => (score === null ? null : Number(score.toFixed(3))));

describe("scoredCandidates(table, scored)", () => {
  it("takes the mean over all supernets, or over those of some folds, and what they have cost", () => {
    deepEqual(scoresOf(scoredCandidates(table, asked)), [0.8, 0.9]);
    equal(scoredCandidates(table, asked).sharedSeconds, 2 * 100 + 4);
    const some = scoredCandidates(table, { ...asked, folds: [2] });
    deepEqual(scoresOf(some), [0.9, 1]);
    equal(some.sharedSeconds, 100 + 2);
  });

  it("gives no scores where none are asked for", () => {
    const plain = scoredCandidates(table, { ...asked, variant: null });
    deepEqual([scoresOf(plain), plain.sharedSeconds], [[null, null], 0]);
  });

  it("refuses a network that not every supernet has scored", () => {
    throws(() => scoredCandidates(table, { ...asked, variant: "A" }), /0 scores by the supernets A, expected 1\./);
    const gap = { ...table, shared: shared.slice(1) };
    throws(() => scoredCandidates(gap, asked), /The network 0 of one has 1 scores by the supernets B, expected 2\./);
    throws(() => scoredCandidates(gap, { ...asked, folds: [1] }), /of the folds that strategies see, expected 1\./);
  });
});
