import type { LoadedSet } from "../data/sets/load";
import { splitSet } from "../data/sets/split-set";
import { keepImages } from "../data/split/keep-images";
import type { Split } from "../data/split/split";
import { withoutValidation } from "../data/split/without-validation";
import { usableRecords } from "../data/prepare/usable-records";
import { preparations } from "../data/prepare/presets";
import type { CrossFittedOutlines } from "../segment/outlines-folder";
import { withFoundOutlines } from "../segment/outlines-folder";
import { settingsOf } from "../study/settings-of";
import type { ProfileName, StudySettings } from "../study/study-settings";
import type { TrainingOptions } from "../train/training-options";
import type { GivenPlan, StudyModel } from "../validate/plan";
import { disturbanceAt, type InputArm } from "./input-arms";

/** What is compared, beside the inputs. */
export interface InputsRequest {
  /** The data set's name. */
  readonly dataset: string;
  /** The folder with the data sets. */
  readonly root: string;
  /** The folder of `npm run segment`, with all folds. */
  readonly outlines: string;
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

/** The images that all inputs have in common, and their folds. */
export interface CommonImages {
  readonly split: Split;
  /** How many images are left out of all inputs, because nothing was found in them. */
  readonly nothingFound: number;
}

/**
 * Chooses the images that every input can be made of, those in which something was found, and divides them as the set itself is divided:
 * all inputs learn from the same images and are tested on the same.
 *
 * @throws {Problem} Where an image was not outlined.
 */
export function commonImages(loaded: LoadedSet, outlines: CrossFittedOutlines): CommonImages {
  const { records } = usableRecords(loaded, {
    ...{ normal: "leave-out", withoutLesion: "leave-out", preparation: preparations.squareContext },
  });
  const found = new Set(
    withFoundOutlines(records, outlines).flatMap(({ id, masks }) => (masks.length > 0 ? [id] : [])),
  );
  return {
    nothingFound: records.length - found.size,
    split: keepImages(splitSet(loaded), found, "where a lesion was found"),
  };
}

/** Plans the cross-validation of all networks on one input; everything but the input is the same for all. */
export function planInput(arm: InputArm, request: InputsRequest, { split }: CommonImages): GivenPlan {
  const settings: StudySettings = settingsOf(request);
  const { size = 64 } = settings.preparation;
  const training = { ...settings.training, ...request.training };
  const augment = { ...training.augment, ...disturbanceAt(arm, size) };
  const of = arm.outlines === "found" ? "all" : "test";
  return {
    dataset: request.dataset,
    dataRoot: request.root,
    records: {
      onContradiction: settings.onContradiction,
      normal: "leave-out",
      ...(arm.outlines === "found" || arm.outlines === "mixed"
        ? {
            withoutLesion: "leave-out" as const,
            outlines: { folder: request.outlines, of, ...(arm.boxes !== undefined && { boxes: arm.boxes }) },
          }
        : {}),
    },
    preparation: { ...arm.preparation, size },
    split: settings.learnFromValidation ? withoutValidation(split) : split,
    folds: request.folds === null ? settings.folds : [...request.folds],
    seeds: request.seeds === null ? settings.seeds : [...request.seeds],
    models: request.models,
    training: { ...training, augment },
  };
}
