import { deepEqual, equal, ok } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { drawChoices, drawPareto, drawSearch, paretoFront } from "../../lib/search/figures";
import { countChoices } from "../../lib/search/search-record";
import type { Space } from "../../lib/space/kinds";
import { sampleArchitecture } from "../../lib/space/sample";
import { plainText } from "../helpers/plain-text";
import { epochRecord, scoredRecord } from "./helpers";
import { macroSpace, microSpace } from "../helpers/spaces";

interface Curve {
  name: string;
  x: number[];
  y: (number | null)[];
  mode: string;
}
interface Map2 {
  x: number[];
  y: string[];
  z: number[][];
}

describe("drawSearch(epochs, title)", () => {
  it("draws each number of the records over the epochs, with gaps where there was none", () => {
    const epochs = [1, 2, 3].map((epoch) =>
      epochRecord(epoch, {
        ...{ rate: 0.1 / epoch, trainingLoss: 0.5 + epoch, entropy: epoch === 1 ? null : 20 - epoch },
        ...(epoch === 1
          ? { meanReward: null, bestReward: null, baseline: null }
          : { meanReward: 0.6 + epoch, bestReward: 0.8 }),
      }),
    );
    const { data, layout } = drawSearch(epochs, "Search by enas, seed 3");
    const curves = new Map((data as unknown as Curve[]).map((curve) => [curve.name, curve]));
    deepEqual(
      [...curves].map(([name, { y }]) => [name, y]),
      [
        ["mean reward", epochs.map((one) => one.meanReward)],
        ["best reward", epochs.map((one) => one.bestReward)],
        ["baseline", epochs.map((one) => one.baseline)],
        ["entropy", epochs.map((one) => one.entropy)],
        ["training loss", epochs.map((one) => one.trainingLoss)],
        ["learning rate", epochs.map((one) => one.rate)],
      ],
    );
    for (const { x, mode } of curves.values()) deepEqual([x, mode], [[1, 2, 3], "lines"]);
    equal(plainText(layout.title), "Search by enas, seed 3");
    // Each curve under the heading of what it is.
    const headings = (layout.annotations as { text: string; xref: string }[]).map(({ text, xref }) => [xref, text]);
    deepEqual(headings, [
      ["x domain", "reward"],
      ["x2 domain", "entropy (nats)"],
      ["x3 domain", "training loss (nats)"],
      ["x4 domain", "learning rate"],
    ]);
    deepEqual(
      (data as unknown as { xaxis: string }[]).map(({ xaxis }) => xaxis),
      ["x", "x", "x", "x2", "x3", "x4"],
    );
  });

  it("marks a single epoch, which no line would show", () => {
    for (const { mode } of drawSearch([epochRecord(1)]).data as unknown as Curve[]) equal(mode, "markers");
  });
});

describe("drawChoices(epochs, title)", () => {
  for (const space of [microSpace(4), macroSpace(5)] satisfies Space[]) {
    it(`draws the share of each choice, which add up to 1 in every epoch that scored: ${space.kind}`, () => {
      const random = createRandom(2);
      const choices = () =>
        countChoices(
          space,
          Array.from({ length: 9 }, () => sampleArchitecture(space, random)),
        );
      const epochs = [
        epochRecord(1, { meanReward: null, choices: countChoices(space, []) }),
        ...[2, 3, 4].map((epoch) => epochRecord(epoch, { choices: choices() })),
      ];
      const { data, layout } = drawChoices(epochs);
      const groups = Object.keys(epochs[1]!.choices);
      equal(data.length, groups.length);
      equal((layout.annotations as { text: string }[]).map(({ text }) => text).join(), groups.join());
      for (const [index, group] of groups.entries()) {
        const { x, y, z } = data[index] as unknown as Map2;
        deepEqual(x, [2, 3, 4]);
        deepEqual(y, Object.keys(epochs[1]!.choices[group]!));
        for (const [column, epoch] of epochs.slice(1).entries()) {
          const shares = z.map((row) => row[column]!);
          ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-9);
          const counts = Object.values(epoch.choices[group]!);
          const total = counts.reduce((sum, count) => sum + count, 0);
          deepEqual(
            shares,
            counts.map((count) => count / total),
          );
        }
      }
    });
  }

  it("draws an empty figure where nothing was scored, and zeros where nothing was chosen", () => {
    equal(drawChoices([epochRecord(1, { meanReward: null })]).data.length, 0);
    const none = { operation: { "max pool 3×3": 2 }, "skip from": { stem: 0 } };
    deepEqual((drawChoices([epochRecord(1, { choices: none })]).data[1] as unknown as Map2).z, [[0]]);
  });
});

describe("paretoFront(scored, of)", () => {
  it("keeps those that no other beats in both, the cheapest first: as by comparing all pairs", () => {
    const random = createRandom(7);
    for (let round = 0; round < 50; round++) {
      const scored = Array.from({ length: 30 }, () => scoredRecord(random.integer(0, 9) / 10, random.integer(1, 12)));
      for (const of of ["parameters", "multiplyAdds"] as const) {
        const beaten = (one: (typeof scored)[number]) =>
          scored.some(
            (other) =>
              other.measured >= one.measured &&
              other[of] <= one[of] &&
              (other.measured > one.measured || other[of] < one[of]),
          );
        const pairs = (list: readonly (typeof scored)[number][]) => list.map((one) => `${one[of]} ${one.measured}`);
        const left = [...new Set(pairs(scored.filter((one) => !beaten(one)).sort((a, b) => a[of] - b[of])))];
        deepEqual(pairs(paretoFront(scored, of)), left);
      }
    }
    deepEqual(paretoFront([]), []);
  });
});

describe("drawPareto(scored, of, measure)", () => {
  it("draws every architecture, and the front among them", () => {
    const scored = [scoredRecord(0.7, 100), scoredRecord(0.6, 200), scoredRecord(0.8, 300, { epoch: 4 })];
    for (const of of ["parameters", "multiplyAdds"] as const) {
      const [all, front] = drawPareto(scored, of, "accuracy").data as unknown as Curve[];
      deepEqual([all!.x, all!.y], [scored.map((one) => one[of]), [0.7, 0.6, 0.8]]);
      deepEqual(
        [front!.x, front!.y],
        [
          [scored[0]![of], scored[2]![of]],
          [0.7, 0.8],
        ],
      );
    }
    equal(plainText(drawPareto(scored, "parameters", "accuracy").layout.yaxis?.title), "accuracy");
  });
});
