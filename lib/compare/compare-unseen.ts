import type { TableCell } from "../display/table";
import type { Prediction, PredictionSet } from "../evaluate/predictions";
import { Problem } from "../runtime/problem";
import { comparePredictions, type CompareOptions, type Comparison } from "./compare-predictions";
import { formatDifference } from "./format-difference";

/** What it costs a model that it had not seen a device, a hospital or another group of images. */
export interface UnseenComparison {
  readonly model: string;
  /** The group that was left out, by the name of its fold; null: all of them together. */
  readonly group: string | null;
  /** The model as it is where it had seen others of the group, and as it is where it had not; differences are unseen minus seen. */
  readonly comparison: Comparison;
  /** Images of the group that are not compared: the model said nothing of them where all groups were seen. */
  readonly leftOut: number;
}

/**
 * Holds a model that was tested on groups left out, one a fold, against the same model on the same images, where folds were drawn from all
 * groups: what is lost where images come from elsewhere.
 *
 * Networks of several seen folds predict the images of one group: areas of what was seen are of these networks together.
 *
 * @param seen What the model says where its folds were drawn from all groups; may have images that no group has.
 * @param unseen What it says of each group that was left out.
 * @returns All groups together first, then each; one with a single class is left out. Images of which one of the two says nothing are not
 *   compared, and counted.
 * @throws {Problem} Where the two are not of the same model, or have no image in common.
 */
export function compareUnseen(
  seen: PredictionSet,
  unseen: PredictionSet,
  options: Partial<CompareOptions> = {},
): UnseenComparison[] {
  if (seen.model !== unseen.model) {
    throw new Problem(
      `What was seen is of "${seen.model}", and what was not of "${unseen.model}".`,
      "Give two files of the same model.",
    );
  }
  const tested = unseen.rows.filter(({ part }) => part === "test");
  const groupOf = new Map(tested.map(({ id, fold }) => [id, fold]));
  const known = seen.rows.filter(({ id, part }) => part === "test" && groupOf.has(id));
  const ids = new Set(known.map(({ id }) => id));
  if (ids.size === 0) {
    throw new Problem(
      `"${seen.model}" says nothing of the ${groupOf.size} images of groups that were left out, "${[...groupOf.keys()][0]!}" first, where all groups were seen.`,
      "Give predictions of the same images.",
    );
  }
  const regrouped = known.map((row) => ({ ...row, fold: groupOf.get(row.id)! }));
  const compare = (group: string | null): UnseenComparison[] => {
    const own = <T extends Prediction>(rows: readonly T[]) =>
      rows.filter(({ fold }) => group === null || fold === group);
    const all = own(tested);
    const rows = all.filter(({ id }) => ids.has(id));
    if (new Set(rows.map(({ label }) => label)).size < 2) return [];
    const [reference, other] = ["seen", "not seen"] as const;
    const comparison = comparePredictions(
      { ...seen, model: reference, rows: own(regrouped) },
      { ...unseen, model: other, rows },
      options,
    );
    const leftOut = new Set(all.filter(({ id }) => !ids.has(id)).map(({ id }) => id)).size;
    return [{ model: seen.model, group, comparison, leftOut }];
  };
  return [null, ...new Set(tested.map(({ fold }) => fold))].flatMap(compare);
}

/** Says of which models images are left out, as sentences. */
export function unseenNotices(comparisons: readonly UnseenComparison[]): string[] {
  return comparisons
    .filter(({ group, leftOut }) => group === null && leftOut > 0)
    .map(
      ({ model, leftOut }) =>
        `${leftOut} images of groups that were left out are not compared: of them ${model} says nothing where all groups were seen.`,
    );
}

/** Makes the table of what is lost: one row a model and group. */
export function unseenTable(comparisons: readonly UnseenComparison[]): Record<string, TableCell>[] {
  return comparisons.map(({ model, group, comparison }) => {
    const { patients, malignant, unit, accuracy, areaUnderCurve } = comparison;
    return {
      model,
      "left out": group ?? "each, together",
      patients,
      [unit === "patients" ? "malignant" : "malignant images"]: malignant,
      "area, not seen": areaUnderCurve.other.toFixed(3),
      "less seen": formatDifference(areaUnderCurve.difference),
      "accuracy, not seen": accuracy.other.toFixed(3),
      "accuracy less seen": formatDifference(accuracy.difference),
    };
  });
}
