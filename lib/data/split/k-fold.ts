import { withDefaults } from "../../runtime/options";
import { createRandom } from "../../runtime/random";
import { assignGroups } from "./assign-groups";
import { checkFolds, checkValidationShare, drawValidation, idsOf } from "./draw-parts";
import { groupRecords, type SplitRecord } from "./groups";
import { checkSource, type Split, type SplitSource } from "./split";

/** How images are divided into folds. */
export interface KFoldOptions {
  /** The split's name; default, for an empty one: "5-fold", with the number of folds. */
  name: string;
  /** How many folds, from 2; each image is tested in one. Default: 5. */
  folds: number;
  /** The share of what is not tested that is kept for validation, from 0 (none) to below 1; default: 0.2. */
  validation: number;
  /** The seed; default: 1. */
  seed: number;
  /** Lists of ids of images that look alike, which are kept together; default: none. */
  nearDuplicates: readonly (readonly string[])[];
}

/**
 * Divides images into folds, each tested once: by whole patients (and groups of near duplicates), with the same balance of
 * classes in each part, in seeded random order. The test parts are the same for every share of validation.
 *
 * @param records The images, in any order; it makes no difference to who is tested where.
 * @param source The data set, and the hash of its data.
 * @param options How.
 * @returns The split; no group is torn.
 * @throws {Problem} Where a class has fewer groups than parts, or an option cannot be such.
 */
export function kFold(
  records: readonly SplitRecord[],
  source: SplitSource,
  options: Partial<KFoldOptions> = {},
): Split {
  const settings = withDefaults<KFoldOptions>("kFold", options, {
    name: "",
    folds: 5,
    validation: 0.2,
    seed: 1,
    nearDuplicates: [],
  });
  checkFolds("folds", settings.folds);
  checkValidationShare(settings.validation);
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
    groupsTorn: { allowed: false, reason: null, count: 0 },
    folds,
  };
}
