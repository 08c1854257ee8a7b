import { deepEqual, equal, ok } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { judgeSharing, judgeTrainingFree } from "../../lib/tabular/judge-scores";
import { makeRow } from "./helpers";

const count = 120;
const random = createRandom(4);
const choice = { set: "shape", repeat: 1, size: 32, epochs: 15, folds: [1, 2, 3, 4, 5] };
const networks = Array.from({ length: count }, (_, place) => ({
  ...{ set: "shape", place, network: String(place), code: [] },
  ...{ parameters: Math.exp(9 + random.normal()), multiplyAdds: Math.exp(17 + 0.2 * random.normal()) },
}));
const ownWorth = networks.map(() => random.normal());
const bySize = networks.map(({ parameters }) => Math.log(parameters) - 9);
const rows = networks.flatMap(({ place }) =>
  choice.folds.map((fold) =>
    makeRow({ place, fold, area: 0.8 + 0.01 * (ownWorth[place]! + bySize[place]!) + 0.002 * random.normal() }),
  ),
);

/** Scores of a way of sharing by three supernets. */
function scores(variant: string, scoreOf: (place: number, fold: number) => number) {
  return [1, 2, 3].flatMap((fold) =>
    networks.map(({ place }) => ({
      ...{ variant, seed: 1, fold, set: "shape", place, area: scoreOf(place, fold), loss: 1 },
      ...{ cpuSeconds: 0.5, supernetSeconds: 100, protocol: "def" },
    })),
  );
}

describe("judgeSharing(benchmark, choice, random)", () => {
  it("tells scores that add to size from those that repeat it, and both from chance", () => {
    const shared = [
      ...scores("size", (place) => bySize[place]! + 0.01 * random.normal()),
      ...scores("worth", (place) => ownWorth[place]!),
      ...scores("chance", () => random.normal()),
    ];
    const [chance, size, worth] = judgeSharing({ rows, networks, shared }, choice, createRandom(1));
    deepEqual([chance!.score, size!.score, worth!.score], ["chance", "size", "worth"]);
    ok(Math.abs(chance!.tau) < 0.15 && chance!.interval[0] < 0 && chance!.interval[1] > 0);
    ok(size!.tau > 0.35 && Math.abs(size!.partial) < 0.2, "size repeats size");
    ok(worth!.tau > 0.35 && worth!.partial > 0.75 && worth!.partialInterval[0] > 0.6, "worth adds to size");
    deepEqual([worth!.networks, worth!.supernets], [count, 3]);
  });

  it("takes no label from the fold whose images the score is from", () => {
    // Each supernet's score is what its own fold says, and nothing else.
    const noise = networks.map(() => choice.folds.map(() => random.normal()));
    const noisy = networks.flatMap(({ place }) =>
      choice.folds.map((fold) => makeRow({ place, fold, area: 0.8 + 0.01 * noise[place]![fold - 1]! })),
    );
    const shared = scores("echo", (place, fold) => noise[place]![fold - 1]!);
    const [echo] = judgeSharing({ rows: noisy, networks, shared }, choice, createRandom(1));
    ok(Math.abs(echo!.tau) < 0.12, String(echo!.tau));
  });
});

describe("judgeTrainingFree(benchmark, choice, random)", () => {
  it("has a line for each size, of which nothing is left once size is taken out, and for scores where there are any", () => {
    const sizes = judgeTrainingFree({ rows, networks, trainingFree: [] }, choice, createRandom(1));
    deepEqual(
      sizes.map(({ score }) => score),
      ["parameters", "multiply-adds"],
    );
    ok(sizes[0]!.tau > 0.35 && Math.abs(sizes[1]!.tau) < 0.2);
    ok(
      sizes.every(({ partial }) => Math.abs(partial) < 0.05),
      JSON.stringify(sizes),
    );
    const trainingFree = networks.map(({ place }) => ({
      ...{ set: "shape", place, synflow: ownWorth[place]!, naswot: 1, cpuSeconds: 1, protocol: "def" },
    }));
    const all = judgeTrainingFree({ rows, networks, trainingFree }, choice, createRandom(1));
    equal(all.length, 4);
    ok(all[2]!.partial > 0.75);
    equal(all[3]!.tau, 0, "a score that does not vary orders nothing");
  });
});
