import type { Split } from "./split";

/**
 * Puts the validation part of each fold into its training part: what nothing is chosen by may be learned from.
 *
 * @returns The split, whose name says so.
 */
export function withoutValidation(split: Split): Split {
  return {
    ...split,
    name: `${split.name}, which is learned from too`,
    folds: split.folds.map((fold) => ({ ...fold, train: [...fold.train, ...fold.validation], validation: [] })),
  };
}
