import * as v from "valibot";

import { listOf, nullable, number, oneOf, text, wholeNumber } from "../runtime/option-values";

/** What can become of a file. */
export const appliedFates = ["predicted", "refused", "mask", "table", "left out", "ignored"] as const;

/** Where the lesion of an image comes from. */
const lesionOrigins = ["given", "found", "unsure", "nothing found"] as const;

/** A row of the table: one image, or a file that is none. */
export const appliedRowSchema = v.strictObject({
  /** The file, by its path in the folder, with "/". */
  file: text(),
  /** Which of several images of a DICOM file: "frame 3"; empty for the only one. */
  part: v.string(),
  fate: oneOf(appliedFates),
  /** The probability of malignancy, 0 to 1; null where nothing was predicted. */
  probability: nullable(number({ from: 0, to: 1 })),
  /** The class, by the release's threshold. */
  label: nullable(oneOf(["benign", "malignant"])),
  /**
   * Where the lesion comes from: given, by a box or a mask; found by a network; found by one that is not sure of it; or looked for, and
   * nothing found. Empty where none is looked at.
   */
  lesion: oneOf([...lesionOrigins, ""]),
  /** The Dice coefficient that the network expects of the outline that it found, 0 to 1; null where it found none. */
  expectedDice: nullable(number({ from: 0 })),
  /** How many other parts it found that may be lesions too. */
  others: wholeNumber(),
  /** The file with the outline that was found, in the folder with the results; empty where there is none. */
  outline: v.string(),
  /** What is unusual about the image, as sentences. */
  warnings: listOf(text()),
  /** Why it is refused, left out or ignored; empty for others. */
  reason: v.string(),
  /** The device, as far as it is known. */
  device: v.string(),
  /** The file with the heat map, in the folder with the results; empty where there is none. */
  heatMap: v.string(),
  /** The largest value of the heat map, in log-odds of malignancy: what its brightest colour stands for. */
  largest: nullable(number()),
});

/** A row of the table: one image, or a file that is none. @interface */
export type AppliedRow = v.InferOutput<typeof appliedRowSchema>;

/** A row of a file of which nothing is known yet. */
export function rowOf(file: string, given: Partial<AppliedRow> & Pick<AppliedRow, "fate">): AppliedRow {
  const none = { part: "", probability: null, label: null, warnings: [], reason: "", device: "", heatMap: "" };
  const unseen = { lesion: "", expectedDice: null, others: 0, outline: "" } as const;
  return { file, ...none, ...unseen, largest: null, ...given };
}
