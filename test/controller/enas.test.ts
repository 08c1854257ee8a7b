import { deepEqual, equal, notDeepEqual, ok, throws } from "node:assert/strict";

import { createStrategy } from "../../lib/controller/create-strategy";
import type { PresetName } from "../../lib/controller/presets";
import type { ControllerSettings } from "../../lib/controller/settings";
import type { Learned, Strategy } from "../../lib/controller/strategy";
import { createRandom } from "../../lib/runtime/random";
import type { Architecture, Space } from "../../lib/space/kinds";
import { near } from "../statistics/recorded/read";
import { share } from "./separable-share";
import { macroSpace, microSpace } from "../helpers/spaces";

const micro = microSpace(5);

/** Runs updates of ten architectures. */
function search(
  options: Partial<ControllerSettings> & { space: Space; preset?: PresetName },
  seed: number,
  updates: number,
  reward: (architecture: Architecture) => number,
): { strategy: Strategy; mean: number; first: Learned; last: Learned } {
  const strategy = createStrategy({ kind: "enas", ...options }, createRandom(seed));
  const random = createRandom(seed).split("draws");
  let [mean, first, last]: [number, Learned | null, Learned | null] = [0, null, null];
  for (let done = 0; done < updates; done++) {
    const scored = Array.from({ length: 10 }, () => {
      const proposal = strategy.propose(random);
      return { proposal, reward: reward(proposal.architecture) };
    });
    mean = scored.reduce((sum, one) => sum + one.reward, 0) / scored.length;
    last = strategy.learn(scored);
    first ??= last;
  }
  return { strategy, mean, first: first!, last: last! };
}

/** The share of skip connections among 300 architectures. */
function skipRate(strategy: Strategy): number {
  const random = createRandom(77);
  const skips = Array.from({ length: 300 }, () => strategy.sample(random)).flatMap((architecture) =>
    architecture.kind === "macro" ? architecture.layers.flatMap((layer) => layer.skips) : [],
  );
  return skips.filter(Boolean).length / skips.length;
}

describe("enas", () => {
  it("finds what is rewarded in 30 updates of ten, for every seed of ten", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { mean, last } = search({ space: microSpace(2), units: 24 }, seed, 30, share);
      ok(mean > 0.8, `seed ${seed}: ${mean}`);
      ok(last.baseline! > 0.3);
    }
  });

  it("finds it in the space and at the size that are published, with the settings for small data, in 20 updates", () => {
    const { mean, first, last } = search({ space: micro }, 1, 20, share);
    ok(mean > 0.8, `${mean}`);
    // All of the freedom that is left is that of the inputs, which the reward does not ask for.
    ok(first.entropy! > 58.4 && last.entropy! < 35 && last.entropy! > 20, `${last.entropy}`);
  });

  it("finds it in the macro space in 60 updates", () => {
    const { mean } = search({ space: macroSpace(4), units: 24 }, 1, 60, share);
    ok(mean > 0.8, `${mean}`);
  });

  it("stays near the largest entropy, 58.5 nats, while the reward is constant: 15 updates", () => {
    const largest = 4 * (Math.log(720) + 5 * Math.log(5));
    const options = { space: micro, preset: "released", operationBias: null, normalCellBias: null } as const;
    const { first, last } = search({ ...options, units: 32 }, 1, 15, () => 0.7);
    ok(first.entropy! <= largest && first.entropy! > largest - 0.05, `${first.entropy}`);
    ok(last.entropy! > largest - 0.1, `${last.entropy}`);
  });

  it("starts at 57.2 nats as released, because of its biases", () => {
    const { first } = search({ space: micro, preset: "released" }, 1, 1, () => 0.7);
    // Biased towards convolutions: 0.44 in both cells, ±0.25 more in the normal one.
    const entropyOf = (convolution: number, other: number) => {
      const [a, b] = [Math.exp(convolution), Math.exp(other)];
      const total = 2 * a + 3 * b;
      return Math.log(total) - (2 * a * convolution + 3 * b * other) / total;
    };
    const expected = 4 * Math.log(720) + 10 * entropyOf(0.69, -0.25) + 10 * entropyOf(0.44, 0);
    near(first.entropy!, expected, 0.05 / 57);
    near(first.entropy!, 57.2, 0.1 / 57);
  });

  it("draws as many skip connections as are aimed at, by the penalty alone, in 150 updates", () => {
    const space = macroSpace(4);
    for (const skipTarget of [0.4, 0.2]) {
      const { strategy } = search({ space, units: 16, skipTarget }, 1, 150, () => 0.5);
      const rate = skipRate(strategy);
      // The standard error of 1,800 decisions is 0.012.
      ok(Math.abs(rate - skipTarget) < 0.06, `${skipTarget}: ${rate}`);
    }
  });

  it("draws fewer with the penalty as released: 1 / (1 + 1.5²) = 0.31 for a target of 0.4", () => {
    const space = macroSpace(4);
    const rate = skipRate(search({ space, units: 16, skipProbability: "released" }, 1, 150, () => 0.5).strategy);
    ok(Math.abs(rate - 1 / 3.25) < 0.06, `${rate}`);
  });

  it("leaves skip connections as they are without a weight", () => {
    const space = macroSpace(4);
    const { strategy } = search({ space, units: 16, skipWeight: 0, entropyWeight: 0 }, 1, 50, () => 0.5);
    ok(Math.abs(skipRate(strategy) - 0.5) < 0.05);
  });

  it("changes no parameter with a learning rate of 0", () => {
    const parametersOf = (strategy: Strategy) =>
      new Map([...strategy.state().arrays].filter(([name]) => name.startsWith("controller/")));
    const options = { space: microSpace(2), units: 6 } as const;
    const fresh = parametersOf(createStrategy({ kind: "enas", ...options }, createRandom(1)));
    deepEqual(parametersOf(search({ ...options, learningRate: 0 }, 1, 3, share).strategy), fresh);
    notDeepEqual(parametersOf(search(options, 1, 3, share).strategy), fresh);
  });

  it("makes what is rewarded more likely, and what is not less", () => {
    for (const reward of [1, -1]) {
      const strategy = createStrategy(
        { kind: "enas", space: micro, units: 8, preset: "released", epsilon: 1e-6 },
        createRandom(1),
      );
      const proposal = strategy.propose(createRandom(2));
      const before = strategy.logProbability!(proposal.architecture);
      strategy.learn([{ proposal, reward }]);
      const change = strategy.logProbability!(proposal.architecture) - before;
      ok(reward * change > 0, `${reward}: ${change}`);
    }
  });

  it("starts its baseline at zero as released, and at the first reward for small data", () => {
    const space = microSpace(1);
    const baselineOf = (preset: "released" | "small") =>
      search({ space, units: 4, preset, entropyWeight: 0 }, 1, 1, () => 0.5).last.baseline!;
    near(baselineOf("released"), 0.5 * (1 - 0.99 ** 10), 1e-12);
    equal(baselineOf("small"), 0.5);
  });

  it("refuses rewards so large that its gradient is none, and a state that is not whole, and is then as before", () => {
    const space = microSpace(1);
    const make = (changes = {}) =>
      createStrategy({ kind: "enas", space, units: 4, preset: "released", ...changes }, createRandom(1));
    const strategy = make();
    const before = strategy.state();
    throws(
      () => strategy.learn([{ proposal: strategy.propose(createRandom(2)), reward: 1e308 }]),
      /gradient has become (Infinity|NaN).*rewards of the order of 1/,
    );
    const without = new Map(before.arrays);
    without.delete("adam/mean/key");
    for (const [state, expected] of [
      [{ ...before, arrays: without }, /list of arrays|adam\/mean\/key/],
      [make({ units: 5 }).state(), /controller\/memory 0 of a saved state is missing or wrong/],
      [make({ memoryLayers: 2 }).state(), /list of arrays/],
      [{ ...before, json: { ...(before.json as object), baseline: "x" } }, /baseline/],
      [{ ...before, json: { ...(before.json as object), steps: null } }, /count of steps/],
    ] as const) {
      throws(() => {
        strategy.restore(state);
      }, expected);
    }
    deepEqual(strategy.state(), before);
  });
});
