import { equal, ok } from "node:assert/strict";

import type { Episode } from "../../lib/controller/episode";
import { controllerPreset } from "../../lib/controller/presets";
import { policyGradient } from "../../lib/controller/reinforce";
import type { ControllerSettings } from "../../lib/controller/settings";
import { near } from "../statistics/recorded/read";
import { macroSpace } from "../helpers/spaces";

/**
 * An episode of one decision between two, by one logit: p = σ(logit); its skip penalty is logit².
 */
function run(logit: number, rewards: readonly number[], changes: Partial<ControllerSettings>, baseline: number | null) {
  const { settings } = controllerPreset("released", macroSpace(2));
  const parameter = { shape: [1], values: Float64Array.of(logit), gradient: Float64Array.of(99) };
  const probability = 1 / (1 + Math.exp(-logit));
  const episode = (): Episode => ({
    architecture: { kind: "macro", layers: [] },
    logProbability: Math.log(probability),
    entropy: 0.5,
    drawnEntropy: 0.25,
    skipPenalty: logit * logit,
    backward({ logProbability, skipPenalty }) {
      parameter.gradient[0]! += logProbability * (1 - probability) + skipPenalty * 2 * logit;
    },
  });
  const learned = policyGradient(
    new Map([["logit", parameter]]),
    { ...settings, entropyWeight: 0, skipWeight: 0, ...changes },
    rewards.map((reward) => ({ episode: episode(), reward })),
    baseline,
  );
  return { ...learned, gradient: parameter.gradient[0]!, probability };
}

describe("policyGradient(parameters, settings, scored, baseline)", () => {
  it("is -(reward - baseline) · ∇ log p, where the baseline has moved by this reward already", () => {
    const { baseline, advantage, loss, gradient, probability, gradientNorm } = run(
      0.3,
      [0.8],
      { baselineDecay: 0.9 },
      0.5,
    );
    near(baseline, 0.53, 1e-15);
    near(advantage, 0.27, 1e-15);
    near(loss, -0.27 * Math.log(probability), 1e-15);
    near(gradient, -0.27 * (1 - probability), 1e-15);
    near(gradientNorm, Math.abs(gradient), 1e-15);
  });

  it("is the mean over several architectures, and the baseline moves with each in their order", () => {
    const { baseline, advantage, gradient, probability, entropy } = run(0.3, [1, 0], { baselineDecay: 0.5 }, 0);
    // 0 → 0.5 → 0.25: advantages 0.5 and -0.25.
    near([baseline, advantage], [0.25, 0.125], 1e-15);
    equal(entropy, 0.5);
    near(gradient, -0.125 * (1 - probability), 1e-15);
  });

  it("starts a baseline at the first reward, whose advantage is then 0", () => {
    const { baseline, advantage, gradient } = run(0.3, [0.7], {}, null);
    equal(baseline, 0.7);
    equal(Math.abs(advantage), 0);
    equal(Math.abs(gradient), 0);
  });

  it("adds the entropy that it is told to to the reward", () => {
    const advantageOf = (entropyKind: "exact" | "drawn") =>
      run(0.3, [0], { entropyWeight: 0.1, entropyKind, baselineDecay: 0.5 }, 0).advantage;
    near(advantageOf("exact"), 0.025, 1e-15);
    near(advantageOf("drawn"), 0.0125, 1e-15);
    equal(run(0.3, [0], { entropyKind: "drawn" }, 0).entropy, 0.5);
  });

  it("adds the weighted skip penalty to the loss", () => {
    const { loss, gradient } = run(0.3, [0, 0, 0], { skipWeight: 0.8 }, 0);
    near(loss, 0.8 * 0.09, 1e-15);
    near(gradient, 0.8 * 0.6, 1e-15);
  });

  it("shortens a gradient that is longer than its bound, and no other", () => {
    const { gradient, gradientNorm } = run(0.3, [-100], { gradientBound: 2 }, 0);
    near(gradient, 2, 1e-14);
    ok(gradientNorm > 40);
    equal(run(0.3, [-1], { gradientBound: 2 }, 0).gradient, run(0.3, [-1], {}, 0).gradient);
  });
});
