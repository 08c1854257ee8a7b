import * as v from "valibot";

import { share, wholeNumber } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { createRandom } from "../../runtime/random";
import { assignGroups } from "./assign-groups";
import { drawing, drawValidation, idsOf } from "./draw-parts";
import { groupRecords, type SplitRecord } from "./groups";
import { checkSource, type Split, type SplitSource } from "./split";

const kFoldOptions = v.strictObject({
  /** The split's name; default, for an empty one: "5-fold", with the number of folds. */
  name: v.optional(v.string(), ""),
  /** How many folds, from 2; each image is tested in one. Default: 5. */
  folds: v.optional(wholeNumber({ from: 2 }), 5),
  /** The share of what is not tested that is kept for validation, from 0 (none) to below 1; default: 0.2. */
  validation: v.optional(share(), 0.2),
  ...drawing,
});

/** How images are divided into folds. @interface */
export type KFoldOptions = v.InferInput<typeof kFoldOptions>;

/**
 * Divides images into folds, each tested once: by whole patients (and groups of near duplicates), with the same balance of
 * classes in each part, in seeded random order. The test parts are the same for every share of validation.
 *
 * @param records The images, in any order; it makes no difference to who is tested where.
 * @returns The split; no group is split across parts.
 * @throws {Problem} Where a class has fewer groups than parts, or an option cannot be such.
 */
export function kFold(records: readonly SplitRecord[], source: SplitSource, options: KFoldOptions = {}): Split {
  const settings = checkOptions("kFold", kFoldOptions, options);
  const random = createRandom(settings.seed);
  const parts = Array.from({ length: settings.folds }, (_, index) => ({
    name: `fold ${index + 1}`,
    share: 1 / settings.folds,
  }));
  const tested = assignGroups(groupRecords(records, settings.nearDuplicates), parts, random.split("test"));
  const folds = parts.map(({ name }, index) => {
    const rest = tested.filter((_, other) => other !== index).flat();
    const drawn = drawValidation(records, rest, settings.validation, name, random.split("validation").split(index));
    return { name, ...drawn, test: idsOf(records, tested[index]!) };
  });
  return {
    name: settings.name === "" ? `${settings.folds}-fold` : settings.name,
    kind: "k-fold",
    ...checkSource(source),
    seed: settings.seed,
    groupsAcrossParts: { allowed: false, reason: null, count: 0 },
    folds,
  };
}
