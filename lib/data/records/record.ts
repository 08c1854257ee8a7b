import type { Box } from "../../pictures/picture";
import type { PhantomSettings } from "../phantom/phantom";

/** The class of an image. Where a set has no class of its own for normal tissue, its description says what benign holds. */
export type Label = "benign" | "malignant" | "normal";

/** All labels, in the order in which they are listed everywhere. */
export const labels: readonly Label[] = ["benign", "malignant", "normal"];

/**
 * Where the pixels of an image or of a mask are. Plain data, so that a record can be kept as JSON and hashed.
 *
 * - `file`: an image file. `color` keeps, of a coloured mask, only what is painted in that colour; `bits` says how many of 16
 *   bits hold the gray levels, where it is not all of them.
 * - `array`: one image of an array `[images, height, width]` in a NumPy archive.
 * - `scan`: one radio-frequency scan, or its region of interest, of a MATLAB file with a list of lesions.
 * - `phantom`: a computed image; `settings` and `index` say which.
 */
export type PixelSource =
  | { readonly kind: "file"; readonly path: string; readonly color?: "green" | "red"; readonly bits?: number }
  | { readonly kind: "array"; readonly path: string; readonly array: string; readonly index: number }
  | { readonly kind: "scan"; readonly path: string; readonly lesion: number; readonly field: string }
  | {
      readonly kind: "phantom";
      readonly settings: PhantomSettings;
      readonly index: number;
      readonly part: "image" | "mask";
    };

/** One image of a data set with all that the set knows about it. */
export interface ImageRecord {
  /** Its name, unique in the set: "bus_0001-l". */
  readonly id: string;
  readonly image: PixelSource;
  /** The lesion's outlines as masks; the lesion is their union. Empty where the set has none for it. */
  readonly masks: readonly PixelSource[];
  readonly label: Label;
  /** The patient, as the set names her; undefined where the set does not say. */
  readonly patient?: string;
  /** The lesion's bounding box as the set states it; undefined where it does not. Not checked against the mask here. */
  readonly box?: Box;
  /** What regions are placed around, where that is another lesion than that of masks and box: the expert's, beside found masks. */
  readonly around?: Pick<ImageRecord, "masks" | "box">;
  /** Columns and rows as the set states them; the file is what counts. */
  readonly statedSize?: { readonly width: number; readonly height: number };
  /** The BI-RADS category as the set writes it: "2" to "5", "4a". */
  readonly birads?: string;
  readonly device?: string;
  /** The set that it comes from, where several stand together. */
  readonly set?: string;
  /** The breast, or, where the set says so, the view. */
  readonly side?: "left" | "right" | "single";
  /** Which of several scans of one lesion, from 1. */
  readonly view?: number;
  /** Millimetres from one pixel to the next, along columns and rows. */
  readonly pixelSize?: number;
  /** The tissue under the microscope, as the set writes it. */
  readonly histology?: string;
  /** How the label is known: "biopsy", "follow-up". */
  readonly verification?: string;
  /** The patient's age in years. */
  readonly age?: number;
  /** The part of the set's official split: where there is just one. */
  readonly part?: "train" | "validation" | "test";
  /** True for images that were computed; absent for images of patients. */
  readonly synthetic?: true;
}

/**
 * Names what a split must keep in one part: the patient, or where the set does not say, the image itself.
 *
 * @returns "patient 12" or "image benign (433)", so that a patient and an image of the same name stay apart.
 */
export function groupOf(record: Pick<ImageRecord, "id" | "patient">): string {
  return record.patient === undefined ? `image ${record.id}` : `patient ${record.patient}`;
}
