import type { TableCell } from "../display/table";
import type { Evaluation } from "./evaluation";

/**
 * Lists results by model, fold and seed, to be reshaped: as the rows of danfo's DataFrame, for example. Those in which a measure is not
 * defined are left out: danfo's means take an empty cell for 0.
 */
export function foldRows(evaluations: readonly Evaluation[]): Record<string, TableCell>[] {
  return evaluations.flatMap(({ model, folds }) =>
    folds.flatMap(({ fold, seed, measures }) => {
      const { accuracy, areaUnderCurve, sensitivity, specificity } = measures;
      const row = {
        ...{ model, fold, seed, accuracy: accuracy.value, AUC: areaUnderCurve.value },
        ...{ sensitivity: sensitivity.value, specificity: specificity.value },
      };
      return Object.values(row).includes(null) ? [] : [row];
    }),
  );
}
