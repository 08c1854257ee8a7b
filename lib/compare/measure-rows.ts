import type { RowStatistic } from "../statistics/bootstrap-by-group";
import { areaUnderCurveOfRows, confusionMeasureOfRows } from "../statistics/row-statistics";
import type { Alignment, AlignedModel } from "./align";

/** What models are compared by. Areas compare cases of one fold alone. */
export type ComparedMeasure = "accuracy" | "balancedAccuracy" | "sensitivity" | "specificity" | "f1" | "areaUnderCurve";

/** All of them, in the order of tables. */
export const comparedMeasures: readonly ComparedMeasure[] = [
  "accuracy",
  "balancedAccuracy",
  "sensitivity",
  "specificity",
  "f1",
  "areaUnderCurve",
];

/**
 * Prepares a measure of one model, for a bootstrap's thousands of choices of cases.
 *
 * @returns The measure over a choice of cases, the mean over the model's seeds; null where it is not defined.
 */
export function measureOfRows(
  { labels, folds }: Pick<Alignment, "labels" | "folds">,
  { probabilities, decisions }: AlignedModel,
  measure: ComparedMeasure,
): RowStatistic {
  const ofSeeds =
    measure === "areaUnderCurve"
      ? probabilities.map((own) => areaUnderCurveOfRows(labels, own, folds))
      : decisions.map((own) => confusionMeasureOfRows(labels, own, measure));
  return (rows) => {
    let sum = 0;
    for (const statistic of ofSeeds) {
      const value = statistic(rows);
      if (value === null) return null;
      sum += value;
    }
    return sum / ofSeeds.length;
  };
}

/**
 * Prepares the difference of two models in a measure.
 *
 * @param reference The model whose measure is taken away.
 * @param other The model that it is taken from.
 * @returns Other minus reference over a choice of cases; null where one is not defined.
 */
export function differenceOfRows(
  alignment: Pick<Alignment, "labels" | "folds">,
  reference: AlignedModel,
  other: AlignedModel,
  measure: ComparedMeasure,
): RowStatistic {
  const [minuend, subtrahend] = [
    measureOfRows(alignment, other, measure),
    measureOfRows(alignment, reference, measure),
  ];
  return (rows) => {
    const [high, low] = [minuend(rows), subtrahend(rows)];
    return high === null || low === null ? null : high - low;
  };
}
