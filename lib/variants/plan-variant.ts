import type { PreparationOptions } from "../data/prepare/configuration";
import type { Split } from "../data/split/split";
import { withoutValidation } from "../data/split/without-validation";
import { settingsOf } from "../study/settings-of";
import type { ProfileName } from "../study/study-settings";
import type { TrainingOptions } from "../train/training-options";
import type { GivenPlan, StudyModel } from "../validate/plan";

/** One of several ways to prepare images and to train on them, which stand side by side, all else equal. */
export interface Variant {
  /** Its name in tables: "found outline, disturbed". */
  readonly name: string;
  /** How images become numbers, beside their size. */
  readonly preparation: PreparationOptions;
  /** Options of the training over those of all variants; what it says of `augment` stands over theirs, setting by setting. */
  readonly training: Partial<TrainingOptions>;
  /** What it says of images beside what all variants do. */
  readonly records?: GivenPlan["records"];
}

/** What all variants have in common. */
export interface VariantsRequest {
  /** The data set's name. */
  readonly dataset: string;
  /** The folder with the data sets. */
  readonly root: string;
  readonly models: readonly StudyModel[];
  /** The profile whose training, size of images and use of validation parts is taken. */
  readonly profile: ProfileName;
  /** The seeds; null: those of the profile. */
  readonly seeds: readonly number[] | null;
  /** The folds, from 1; null: those of the profile. */
  readonly folds: readonly number[] | null;
  /** Options of the training over those of the profile; default: none. */
  readonly training?: Partial<TrainingOptions>;
}

/**
 * Plans the cross-validation of all networks in one variant; everything but the variant is the same for all.
 *
 * @param split The folds of all variants.
 */
export function planVariant(
  { preparation, training: own, records }: Variant,
  request: VariantsRequest,
  split: Split,
): GivenPlan {
  const settings = settingsOf(request);
  const training = { ...settings.training, ...request.training };
  const augment = { ...training.augment, ...own.augment };
  return {
    dataset: request.dataset,
    dataRoot: request.root,
    records: { onContradiction: settings.onContradiction, normal: "leave-out", ...records },
    preparation: { ...preparation, size: sizeOfVariants(request) },
    split: settings.learnFromValidation ? withoutValidation(split) : split,
    folds: request.folds === null ? settings.folds : [...request.folds],
    seeds: request.seeds === null ? settings.seeds : [...request.seeds],
    models: request.models,
    training: { ...training, ...own, augment },
  };
}

/** Says how many rows and columns the images of all variants have. */
export function sizeOfVariants(request: Pick<VariantsRequest, "profile" | "dataset">): number {
  return settingsOf(request).preparation.size ?? 64;
}
