import type { RandomGenerator } from "../../runtime/random";
import { scoresOf, type PoolProblem, type PoolStrategy } from "./pool-strategy";
import { raceBest } from "./random-strategies";

/** How often the controller learns, and from how many candidates each time. */
const [updates, drawn] = [300, 10];

/** The rate of Adam after its beginning: nothing is learned in the first quarter, then ten times as much is by the end. */
const rate = 0.03;

/**
 * Draws candidates by what has been good and learns from what they score, all on the same images: a controller without the handicaps of
 * the published one.
 */
export const pooledController: PoolStrategy = {
  kind: "controller",
  title: "controller on shared scores",
  description:
    "A policy with a logit for each option learns from scores by shared weights on common images, each draw held against the others of its update (Kool, van Hoof and Welling, 2019; rate and Adam as Bender and others, TuNAS, CVPR 2020); what it thinks likeliest is raced over folds.",
  usesShared: true,
  search: (problem, random) => raceBest(problem, learnPolicy(problem, random)),
};

// The probabilities of the candidates. A candidate's logit is the sum of its options' logits, as that of an architecture is; what is not in
// the pool cannot be drawn.
function learnPolicy({ candidates, options }: PoolProblem, random: RandomGenerator): number[] {
  const starts: number[] = [];
  const columns = options.reduce((at, count) => {
    starts.push(at);
    return at + count;
  }, 0);
  const features = candidates.map(({ code }) => code.map((option, decision) => starts[decision]! + option));
  const rewards = scoresOf({ candidates });
  const logits = new Float64Array(columns);
  const second = new Float64Array(columns);
  const policyNow = () => softmax(features.map((own) => own.reduce((sum, column) => sum + logits[column]!, 0)));
  for (let update = 1; update <= updates; update++) {
    const policy = policyNow();
    const chosen = Array.from({ length: drawn }, () => drawBy(policy, random));
    const total = chosen.reduce((sum, candidate) => sum + rewards[candidate]!, 0);
    // Weights add up to 0, so that the policy's expectation of the features drops out of the gradient.
    const gradient = new Float64Array(columns);
    for (const candidate of chosen) {
      const reward = rewards[candidate]!;
      const advantage = reward - (total - reward) / (drawn - 1);
      for (const column of features[candidate]!) gradient[column]! += advantage / drawn;
    }
    const share = update / updates;
    const now = share < 0.25 ? 0 : rate * 10 ** ((share - 1) / 0.75);
    gradient.forEach((value, column) => {
      const squared = 0.999 * second[column]! + 0.001 * value ** 2;
      second[column] = squared;
      const scale = Math.sqrt(squared / (1 - 0.999 ** update));
      if (scale > 0) logits[column]! += (now * value) / scale;
    });
  }
  return policyNow();
}

function softmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits);
  const weights = logits.map((logit) => Math.exp(logit - most));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function drawBy(policy: readonly number[], random: RandomGenerator): number {
  let left = random.uniform();
  const found = policy.findIndex((probability) => (left -= probability) < 0);
  return found < 0 ? policy.length - 1 : found;
}
