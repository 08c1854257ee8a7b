import * as v from "valibot";

import { passed } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { areaUnderCurve } from "./area-under-curve";
import { checkSameLength, checkTwoClasses } from "./check-numbers";
import { fitLogisticRegression } from "./logistic-regression";
import { mean, standardDeviation } from "./summary";

const validationOptions = v.strictObject({
  /** The rows, each with a number for each column: `[rows, columns]`. */
  features: passed<readonly (readonly number[])[]>("a list of rows", Array.isArray),
  /** The class of each row, 0 or 1. */
  labels: passed<readonly number[]>("a list of numbers", Array.isArray),
  /** The number of the fold in which each row is tested; any whole numbers. */
  folds: passed<readonly number[]>("a list of numbers", Array.isArray),
});

/** What is cross-validated. @interface */
export type CrossValidationOptions = v.InferInput<typeof validationOptions>;

/** How well one fold was predicted. */
export interface FoldScore {
  readonly fold: number;
  readonly rows: number;
  /** The share of rows whose class was right, with class 1 for probabilities above 0.5. */
  readonly accuracy: number;
  /** The area under the ROC curve; null where the fold holds one class only. */
  readonly areaUnderCurve: number | null;
}

/** Mean and spread over folds. */
export interface FoldSummary {
  /** The mean over folds, each counted once, however many rows it has. */
  readonly mean: number;
  /** The standard deviation over folds, divided by their number (ddof 0), as NumPy does. */
  readonly deviation: number;
  readonly folds: number;
}

/** What a cross-validation gives. */
export interface CrossValidation {
  /** The probability of class 1 of each row, predicted without it, in the rows' order. */
  readonly probabilities: readonly number[];
  /** The scores of each fold, by number. */
  readonly scores: readonly FoldScore[];
  readonly accuracy: FoldSummary;
  /** The area under the ROC curve over the folds with both classes; null where there is no such fold. */
  readonly areaUnderCurve: FoldSummary | null;
}

/**
 * Predicts each row by a logistic regression that was fitted to the rows of the other folds.
 *
 * @returns The probabilities and how good they are.
 * @throws {Problem} Where lists differ in length, there is one fold only, or the rows outside of a fold are of one class.
 */
export function crossValidate(options: CrossValidationOptions): CrossValidation {
  const { features, labels, folds } = checkOptions("crossValidate", validationOptions, options);
  checkSameLength("labels", labels.length, "rows of features", features.length);
  checkSameLength("fold numbers", folds.length, "rows of features", features.length);
  checkTwoClasses(labels);
  const numbers = foldNumbers(folds);

  const probabilities = labels.map(() => NaN);
  const scores = numbers.map((fold): FoldScore => {
    const [inside, outside] = [rowsWhere(folds, (one) => one === fold), rowsWhere(folds, (one) => one !== fold)];
    const classes = select(labels, outside);
    if (new Set(classes).size < 2) {
      throw new Problem(
        `All rows of class ${1 - classes[0]!} are in fold ${fold}: none is left to learn from.`,
        "Use folds in which each class is spread over at least two.",
      );
    }
    const fitted = fitLogisticRegression({ features: select(features, outside), labels: classes });
    const predicted = fitted.predict(select(features, inside));
    inside.forEach((row, index) => (probabilities[row] = predicted[index]!));
    return scoreFold(fold, predicted, select(labels, inside));
  });
  const areas = scores.flatMap((score) => (score.areaUnderCurve === null ? [] : [score.areaUnderCurve]));
  return {
    probabilities,
    scores,
    accuracy: summarise(scores.map(({ accuracy }) => accuracy)),
    areaUnderCurve: areas.length === 0 ? null : summarise(areas),
  };
}

function foldNumbers(folds: readonly number[]): number[] {
  const numbers = [...new Set(folds)].sort((a, b) => a - b);
  const wrong = numbers.find((number) => !Number.isInteger(number));
  if (wrong !== undefined) {
    throw new Problem(
      `A row's fold is ${wrong}, expected a whole number.`,
      "Give each row the fold in which it is tested.",
    );
  }
  if (numbers.length < 2) {
    throw new Problem(
      `All rows are in fold ${numbers[0]}: none is left to learn from.`,
      "Give the rows at least two different folds.",
    );
  }
  return numbers;
}

function scoreFold(fold: number, probabilities: readonly number[], labels: readonly number[]): FoldScore {
  const right = labels.filter((label, index) => (probabilities[index]! > 0.5 ? 1 : 0) === label).length;
  return {
    fold,
    rows: labels.length,
    accuracy: right / labels.length,
    areaUnderCurve: new Set(labels).size < 2 ? null : areaUnderCurve(probabilities, labels),
  };
}

function summarise(values: readonly number[]): FoldSummary {
  return { mean: mean(values), deviation: standardDeviation(values, 0), folds: values.length };
}

function rowsWhere(folds: readonly number[], wanted: (fold: number) => boolean): number[] {
  return folds.flatMap((fold, row) => (wanted(fold) ? [row] : []));
}

function select<Item>(list: readonly Item[], rows: readonly number[]): Item[] {
  return rows.map((row) => list[row]!);
}
