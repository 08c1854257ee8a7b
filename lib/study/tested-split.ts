import type { Split } from "../data/split/split";
import type { Study } from "./open-study";

/** Gives a study's split with the folds alone that its cross-validation is done on. */
export function testedSplit({ split, settings: { folds } }: Pick<Study, "split" | "settings">): Split {
  if (folds === null) return split;
  return { ...split, folds: folds.flatMap((number) => split.folds[number - 1] ?? []) };
}

/** Says whether every image has a lesion's box, stated or of its outline. */
export function haveBoxes(records: Study["records"]): boolean {
  return records.every(({ masks, box }) => masks.length > 0 || box !== undefined);
}
