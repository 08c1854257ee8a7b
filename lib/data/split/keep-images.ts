import type { Split } from "./split";

/**
 * Leaves images out of all parts of a split.
 *
 * @param kept The ids of those that stay, each in its part.
 * @param why What they have in common, for the split's name: "where a lesion was found".
 */
export function keepImages(split: Split, kept: ReadonlySet<string>, why: string): Split {
  const part = (ids: readonly string[]) => ids.filter((id) => kept.has(id));
  return {
    ...split,
    name: `${split.name}, ${why}`,
    folds: split.folds.map((fold) => ({
      ...fold,
      ...{ train: part(fold.train), validation: part(fold.validation), test: part(fold.test) },
    })),
  };
}
