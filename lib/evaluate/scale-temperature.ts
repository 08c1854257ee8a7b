import { Problem } from "../runtime/problem";
import { fitTemperature } from "../statistics/fit-temperature";
import { byFoldAndSeed } from "./decide";
import type { Prediction, PredictionSet } from "./predictions";

/** The temperature of one fold's model. */
export interface FoldTemperature {
  readonly fold: string;
  readonly seed: number;
  /** What its logits are divided by, above 0: above 1, the model was too sure of itself. */
  readonly temperature: number;
  /** Whether it stands at the end of what is fitted, because the validation part is told apart without error or not at all. */
  readonly atBound: boolean;
}

/** Predictions with temperatures applied. */
export interface ScaledPredictions {
  /** The predictions, with scaled logits and their probabilities, in the same order. */
  readonly set: PredictionSet;
  /** The temperatures, in the order in which folds and seeds are first named. */
  readonly temperatures: readonly FoldTemperature[];
}

/**
 * Scales the logits of each fold and seed by a temperature fitted to its validation part (Guo et al., "On calibration of modern
 * neural networks", ICML 2017, section 4.2). The order of the images of a fold, and with it the area under its curve and the
 * decisions at 0.5, stay as they are.
 *
 * @param set The predictions. A logit that is null is computed from its probability.
 * @throws {Problem} Where a fold has no validation predictions of both classes, or a probability of exactly 0 or 1 comes
 *   without a logit.
 */
export function scaleTemperature(set: PredictionSet): ScaledPredictions {
  const fitted = new Map<string, FoldTemperature>();
  for (const [key, rows] of byFoldAndSeed(set.rows)) {
    const { fold, seed } = rows[0]!;
    const validation = rows.filter(({ part }) => part === "validation");
    const labels = validation.map(({ label }) => label);
    if (new Set(labels).size < 2) {
      throw new Problem(
        `${set.model}, ${fold}, seed ${seed}: a temperature is to be fitted to its validation part, which does not hold both classes.`,
        "Predict the validation parts too, or evaluate with { temperature: false }.",
      );
    }
    const logits = validation.map((row) => logitOf(set.model, row));
    const { temperature, atBound } = fitTemperature(labels, logits);
    fitted.set(key, { fold, seed, temperature, atBound });
  }
  const rows = set.rows.map((row): Prediction => {
    const { temperature } = fitted.get(JSON.stringify([row.fold, row.seed]))!;
    const logit = logitOf(set.model, row) / temperature;
    return { ...row, logit, probability: 1 / (1 + Math.exp(-logit)) };
  });
  return { set: { model: set.model, rows }, temperatures: [...fitted.values()] };
}

function logitOf(model: string, { id, fold, logit, probability }: Prediction): number {
  if (logit !== null) return logit;
  if (probability === 0 || probability === 1) {
    throw new Problem(
      `${model}, ${fold}: the image "${id}" has the probability ${probability} and no logit, and cannot be scaled.`,
      "Keep the logits with the predictions.",
    );
  }
  return Math.log(probability / (1 - probability));
}
