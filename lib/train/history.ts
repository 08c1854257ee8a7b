/** What was measured after an epoch. */
export interface EpochRecord {
  /** The epoch, from 1. */
  readonly epoch: number;
  /** The learning rate of its last step. */
  readonly rate: number;
  /** Mean loss of its training images, in nats, as they were varied, while it learned. */
  readonly trainingLoss: number;
  /** The share of its training images whose class was right, as they were varied, while it learned. */
  readonly trainingAccuracy: number;
  /** The mean norm of its steps' gradients, before it was bounded. */
  readonly gradientNorm: number;
  /** Cross entropy of the validation images, in nats; null without any. */
  readonly validationLoss: number | null;
  /** The share of the validation images whose class was right; null without any. */
  readonly validationAccuracy: number | null;
  /** The area under the ROC curve of the validation images; null without any, or with one class alone. */
  readonly validationArea: number | null;
}

/** The better of two values of a criterion has the higher rank here: a loss counts by its negative. */
type Ranked = "loss" | "accuracy" | "area under the curve";

/**
 * Ranks an epoch by a criterion.
 *
 * @param by The criterion, of the validation images.
 * @returns A number, the higher the better; -Infinity where it is not defined.
 */
export function rankOf(record: EpochRecord, by: Ranked): number {
  const { validationLoss, validationAccuracy, validationArea } = record;
  const value = by === "loss" ? negative(validationLoss) : by === "accuracy" ? validationAccuracy : validationArea;
  return value ?? -Infinity;
}

function negative(value: number | null): number | null {
  return value === null ? null : -value;
}
