import type { SeenImage } from "../../data/audit/shortcut-features";
import type { Inspection } from "../../data/inspect/inspection";
import type { ImageRecord } from "../../data/records/record";
import type { Fold, Split } from "../../data/split/split";
import { Problem } from "../../runtime/problem";
import type { Prediction, PredictionSet } from "../predictions";

/** The images that a baseline learns from and predicts: a loaded data set, or as much of it. */
export interface BaselineImages {
  readonly records: readonly ImageRecord[];
  /** What was seen of them, in the same order. */
  readonly inspections: readonly Inspection[];
}

/** Learns from images. */
export type BaselineFit = (images: readonly SeenImage[]) => (image: SeenImage) => number;

/**
 * Predicts all folds of a split by a model that has no settings to choose and needs no seed. What predicts a test part is
 * fitted to training and validation part together; what predicts a validation part, to the training part alone, so that
 * thresholds are chosen on images that the model has not seen.
 *
 * @returns Predictions of all test and validation parts, with the seed 0.
 * @throws {Problem} Where the split names an image that is not there, cannot be read, or is labelled normal.
 */
export function predictFolds(model: string, split: Split, images: BaselineImages, fit: BaselineFit): PredictionSet {
  const byId = new Map(images.records.map((record, index) => [record.id, { record, ...images.inspections[index]! }]));
  const find = (fold: Fold, part: "train" | "validation" | "test") =>
    fold[part].map((id): SeenImage => {
      const found = byId.get(id);
      if (found === undefined || found.seen === null || found.record.label === "normal") {
        const what =
          found === undefined
            ? "is not among the images"
            : found.seen === null
              ? "cannot be read"
              : "is labelled normal, and the baseline tells malignant from benign";
        throw new Problem(
          `${model}, ${fold.name}, ${part}: the image "${id}" ${what}.`,
          "Give the data set that the split was made of, and split benign and malignant images only.",
        );
      }
      return { record: found.record, seen: found.seen };
    });
  const rows = split.folds.flatMap((fold) => {
    const [train, validation, test] = [find(fold, "train"), find(fold, "validation"), find(fold, "test")];
    const predict = (part: Prediction["part"], learnt: readonly SeenImage[], asked: readonly SeenImage[]) => {
      if (asked.length === 0) return [];
      requireBothClasses(model, fold, learnt);
      const logitOf = fit(learnt);
      return asked.map((image) => toPrediction(image, logitOf(image), fold.name, part));
    };
    return [...predict("validation", train, validation), ...predict("test", [...train, ...validation], test)];
  });
  return { model, kind: "trivial", rows };
}

/**
 * Gives each label of an image its number.
 *
 * @param image The image, benign or malignant.
 * @returns 1 for malignant, 0 for benign.
 */
export function labelOf({ record }: SeenImage): 0 | 1 {
  return record.label === "malignant" ? 1 : 0;
}

function requireBothClasses(model: string, fold: Fold, images: readonly SeenImage[]): void {
  const malignant = images.filter((image) => labelOf(image) === 1).length;
  if (malignant === 0 || malignant === images.length) {
    throw new Problem(
      `${model}, ${fold.name}: of ${images.length} images to learn from ${malignant} are malignant; both classes are needed.`,
      "Use a split with both classes in each training part.",
    );
  }
}

function toPrediction(image: SeenImage, logit: number, fold: string, part: Prediction["part"]): Prediction {
  const { id, patient } = image.record;
  const probability = 1 / (1 + Math.exp(-logit));
  return { id, patient: patient ?? null, label: labelOf(image), probability, logit, fold, seed: 0, part };
}
