import type { Episode } from "./episode";
import type { ControllerSettings } from "./settings";
import type { Parameter } from "./signal";

/** An architecture that the controller proposed, with what it got for it. */
export interface RewardedEpisode {
  /** The architecture, and what can be learned of it. */
  readonly episode: Episode;
  /** Its reward, the validation accuracy for example. */
  readonly reward: number;
}

/** What a gradient was made of. */
export interface PolicyGradient {
  /** The baseline after the last reward. */
  readonly baseline: number;
  /** Reward with entropy minus baseline, mean over the architectures. */
  readonly advantage: number;
  /** The exact entropy of the decisions, in nats, mean over the architectures. */
  readonly entropy: number;
  /** The norm of the whole gradient, before it is bounded. */
  readonly gradientNorm: number;
  /** -advantage · log p + skipWeight · skip penalty, mean over the architectures. */
  readonly loss: number;
}

/**
 * Computes the gradient of REINFORCE (Williams 1992) with a moving baseline: the mean over several architectures of
 * -(reward + entropyWeight · entropy - baseline) · ∇ log p + skipWeight · ∇ skip penalty. The entropy counts as a part of the
 * reward: no gradient flows through it. The baseline moves with each reward, in their order, before it is subtracted.
 *
 * @param parameters The controller's parameters, by name; their gradients become this one, shortened to gradientBound.
 * @param scored The architectures with their rewards, at least one; each is used up.
 * @param baseline The baseline before; null where none has been seen and it starts at the first reward.
 * @returns What the gradient was made of.
 */
export function policyGradient(
  parameters: ReadonlyMap<string, Parameter>,
  settings: ControllerSettings,
  scored: readonly RewardedEpisode[],
  baseline: number | null,
): PolicyGradient {
  const { entropyWeight, entropyKind, skipWeight, baselineDecay, gradientBound } = settings;
  for (const { gradient } of parameters.values()) gradient.fill(0);
  let present = baseline;
  const total = { advantage: 0, entropy: 0, loss: 0 };
  for (const { episode, reward } of scored) {
    const whole = reward + entropyWeight * (entropyKind === "exact" ? episode.entropy : episode.drawnEntropy);
    present ??= whole;
    present -= (1 - baselineDecay) * (present - whole);
    const advantage = whole - present;
    episode.backward({ logProbability: -advantage / scored.length, skipPenalty: skipWeight / scored.length });
    total.advantage += advantage;
    total.entropy += episode.entropy;
    total.loss += -advantage * episode.logProbability + skipWeight * episode.skipPenalty;
  }
  const gradients = [...parameters.values()].map(({ gradient }) => gradient);
  const gradientNorm = Math.sqrt(
    gradients.reduce((sum, gradient) => gradient.reduce((part, slope) => part + slope * slope, sum), 0),
  );
  if (gradientBound !== null && gradientNorm > gradientBound) {
    for (const gradient of gradients)
      gradient.forEach((slope, index) => (gradient[index] = slope * (gradientBound / gradientNorm)));
  }
  return {
    baseline: present!,
    advantage: total.advantage / scored.length,
    entropy: total.entropy / scored.length,
    gradientNorm,
    loss: total.loss / scored.length,
  };
}
