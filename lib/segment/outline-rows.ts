import * as v from "valibot";

import { tableText } from "../files/table-text";
import { writeAtomically } from "../files/write-atomically";
import { labels, type ImageRecord } from "../data/records/record";
import { areaOfMask } from "../pictures/mask";
import type { Mask } from "../pictures/picture";
import { flag, nullable, number, oneOf, text, wholeNumber } from "../runtime/option-values";
import { agreementOf } from "./mask-agreement";
import type { Outline } from "./outline";

const share = () => number({ from: 0, to: 1 });

/** The schema of {@link OutlineRow}. */
export const outlineRowSchema = v.strictObject({
  id: text(),
  /** The patient; null where the set does not say. */
  patient: nullable(text()),
  label: oneOf(labels),
  device: nullable(text()),
  /** The fold whose network found it, which had not seen the patient. */
  fold: text(),
  /** Whether anything was found. */
  found: flag(),
  /** The Dice coefficient that the network expected of its outline; 0 where nothing was found. */
  expectedDice: number({ from: 0 }),
  /** How many other parts were found and left out. */
  others: wholeNumber(),
  /** How it agrees with the expert's mask; null where there is none. */
  agreement: nullable(
    v.strictObject({
      /** The share of the picture that the expert's mask takes, 0 to 1. */
      lesionShare: share(),
      dice: share(),
      intersectionOverUnion: share(),
      /** In pixels; null where nothing was found. */
      hausdorff95: nullable(number({ from: 0 })),
      /** In millimetres; null where nothing was found, or the pixels' size is not known. */
      hausdorff95Millimetres: nullable(number({ from: 0 })),
      boxIntersectionOverUnion: share(),
    }),
  ),
});

/** What was found in an image, and how it agrees with the expert. @interface */
export type OutlineRow = Readonly<v.InferOutput<typeof outlineRowSchema>>;

/**
 * Measures what was found in an image.
 *
 * @param expert The expert's mask; null where there is none.
 * @throws {Problem} Where the expert's mask is empty, or of another size than the picture.
 */
export function outlineRow(record: ImageRecord, fold: string, outline: Outline, expert: Mask | null): OutlineRow {
  const { id, patient = null, label, device = null, pixelSize } = record;
  const { mask, expectedDice, others } = outline;
  const row = { id, patient, label, device, fold, found: mask !== null, expectedDice, others };
  if (expert === null) return { ...row, agreement: null };
  const { hausdorff95, ...agreement } = agreementOf(mask, expert);
  const hausdorff95Millimetres = hausdorff95 === null || pixelSize === undefined ? null : hausdorff95 * pixelSize;
  const lesionShare = areaOfMask(expert) / expert.pixels.length;
  return { ...row, agreement: { lesionShare, ...agreement, hausdorff95, hausdorff95Millimetres } };
}

/** Writes what was found as a table of comma-separated values; numbers have six digits. */
export function writeOutlineTable(path: string, rows: readonly OutlineRow[]): void {
  const fields = [
    ...["id", "patient", "label", "device", "fold", "found", "expected Dice", "others", "lesion share", "Dice"],
    ...["IoU", "HD95 pixels", "HD95 mm", "box IoU"],
  ];
  const short = (value: number | null | undefined) => (value == null ? null : Number(value.toPrecision(6)));
  const cells = rows.map(({ agreement, ...row }) => [
    ...[row.id, row.patient, row.label, row.device, row.fold, row.found ? 1 : 0, short(row.expectedDice), row.others],
    ...[agreement?.lesionShare, agreement?.dice, agreement?.intersectionOverUnion].map(short),
    ...[agreement?.hausdorff95, agreement?.hausdorff95Millimetres, agreement?.boxIntersectionOverUnion].map(short),
  ]);
  writeAtomically(path, tableText(fields, cells));
}
