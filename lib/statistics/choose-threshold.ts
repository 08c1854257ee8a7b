import { Problem } from "../runtime/problem";
import { checkProbabilities, checkSameLength, checkTwoClasses } from "./check-numbers";
import { countDownward } from "./roc-curve";

/** What a threshold is chosen for. */
export type ThresholdRule =
  /** The greatest sensitivity + specificity - 1 (Youden, "Index for rating diagnostic tests", Cancer 3:32-35, 1950). */
  | { readonly kind: "youden" }
  /** The most samples called right. */
  | { readonly kind: "accuracy" }
  /** The greatest specificity with a sensitivity of at least `at`, 0 to 1. */
  | { readonly kind: "sensitivity"; readonly at: number }
  /** The greatest sensitivity with a specificity of at least `at`, 0 to 1. */
  | { readonly kind: "specificity"; readonly at: number };

/** A threshold and what it gives on the samples it was chosen on. */
export interface ChosenThreshold {
  /** A sample is called class 1 where its probability is at least this; 0 to 1, or the next number above 1. */
  readonly threshold: number;
  /** Share of class 1 at or above the threshold. */
  readonly sensitivity: number;
  /** Share of class 0 below it. */
  readonly specificity: number;
}

/**
 * Chooses the threshold by which probabilities are turned into calls. Choose on validation samples and apply to others: on
 * the samples it was chosen on, what a threshold gives flatters.
 *
 * Thresholds that are tried lie midway between neighbouring different probabilities, with 0 below the least and 1 above the
 * greatest, so that all samples, or none, may be called class 1. Where 1 is among the probabilities, none is at the next
 * number above 1. Of equally good thresholds the lowest is taken, which is the most sensitive.
 *
 * @param labels 0 or 1 for each sample; both must be there.
 * @param probabilities The probability of class 1 of each, 0 to 1.
 * @throws {Problem} Where there is one class only, or the lists or the rule are not such.
 */
export function chooseThreshold(
  labels: readonly number[],
  probabilities: readonly number[],
  rule: ThresholdRule,
): ChosenThreshold {
  checkProbabilities("probabilities", probabilities);
  checkSameLength("labels", labels.length, "probabilities", probabilities.length);
  checkTwoClasses(labels);
  const ones = labels.filter((label) => label === 1).length;
  const zeros = labels.length - ones;
  const merit = meritOf(rule, ones, zeros);

  const called = countDownward(labels, probabilities);
  const greatest = called[0]!.threshold;
  const none = {
    threshold: greatest < 1 ? between(greatest, 1) : 1 + Number.EPSILON,
    truePositive: 0,
    falsePositive: 0,
  };
  const tried = called.map((one, index) => ({
    ...one,
    threshold: between(called[index + 1]?.threshold ?? 0, one.threshold),
  }));
  let best = none;
  for (const one of tried) if (merit(one) >= merit(best)) best = one;
  return {
    threshold: best.threshold,
    sensitivity: best.truePositive / ones,
    specificity: (zeros - best.falsePositive) / zeros,
  };
}

// What is to be greatest; -1 where the rule is not met. Whole numbers where they can be, so that rounding parts no equals.
function meritOf(
  rule: ThresholdRule,
  ones: number,
  zeros: number,
): (called: { truePositive: number; falsePositive: number }) => number {
  switch (rule.kind) {
    case "youden":
      return ({ truePositive, falsePositive }) => truePositive * zeros - falsePositive * ones;
    case "accuracy":
      return ({ truePositive, falsePositive }) => truePositive + zeros - falsePositive;
    case "sensitivity": {
      const at = checkAt(rule.kind, rule.at);
      return ({ truePositive, falsePositive }) => (truePositive / ones >= at ? zeros - falsePositive : -1);
    }
    case "specificity": {
      const at = checkAt(rule.kind, rule.at);
      return ({ truePositive, falsePositive }) => ((zeros - falsePositive) / zeros >= at ? truePositive : -1);
    }
    default:
      throw new Problem(
        `The rule for the threshold is ${JSON.stringify(rule)}, expected the kind "youden", "accuracy", "sensitivity" or "specificity".`,
        'Give { kind: "youden" }.',
      );
  }
}

function checkAt(kind: string, at: number): number {
  if (!(at >= 0 && at <= 1)) {
    throw new Problem(
      `The ${kind} to be reached is ${at}, expected a number from 0 to 1.`,
      `Give { kind: "${kind}", at: 0.9 } for 90 per cent.`,
    );
  }
  return at;
}

// Above `low` and at most `high`, also where no number lies between them.
function between(low: number, high: number): number {
  const middle = low + (high - low) / 2;
  return middle > low ? middle : high;
}
