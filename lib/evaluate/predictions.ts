import type { ModelKind } from "../display/model-style";

/** What a model says of one image. */
export interface Prediction {
  /** The image's name in its data set. */
  readonly id: string;
  /** The patient; null where the data set does not say, and the image then stands for itself. */
  readonly patient: string | null;
  /** The class by the reference standard: 1 for malignant, 0 for benign. */
  readonly label: 0 | 1;
  /** The probability of malignant, 0 to 1. */
  readonly probability: number;
  /** The logit of malignant: the difference of the two classes' logits; null where the model gives none. */
  readonly logit: number | null;
  /** The fold whose model predicted it: "fold 1". */
  readonly fold: string;
  readonly seed: number;
  /** The part of the fold in which the image stands. Thresholds and temperatures are chosen on validation alone. */
  readonly part: "validation" | "test";
}

/** All that one model says: of each fold and each seed. */
export interface PredictionSet {
  readonly model: string;
  /** Where it comes from, by which it is drawn; left out: as its name says, see `display.styleOfModel`. */
  readonly kind?: ModelKind;
  /**
   * Where the validation predictions come from: "validation part", which the network has not learned from, or "inner folds": networks
   * trained like it on parts of its training part, each of which predicts what it has not learned from. Left out: the first.
   */
  readonly heldBack?: "validation part" | "inner folds";
  readonly rows: readonly Prediction[];
}

/**
 * Names what is resampled as a whole: the patient, or where there is none the image itself.
 *
 * @returns "patient 12" or "image bus_0001-l", so that a patient and an image of the same name stay apart.
 */
export function patientOf({ patient, id }: Pick<Prediction, "patient" | "id">): string {
  return patient === null ? `image ${id}` : `patient ${patient}`;
}
