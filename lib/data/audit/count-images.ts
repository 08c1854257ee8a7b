import { median, quantile } from "../../statistics/summary";
import type { Inspection } from "../inspect/inspection";
import { labels, type ImageRecord, type Label } from "../records/record";
import { byName } from "../../files/by-name";

/** Images of each class; classes without images are left out. */
export type LabelCounts = Readonly<Partial<Record<Label, number>>>;

/** The spread of a number over images. */
export interface ValueRange {
  readonly least: number;
  readonly median: number;
  readonly most: number;
}

/** What a set holds, counted. */
export interface ImageCounts {
  readonly images: number;
  /** Images of each class. */
  readonly byLabel: LabelCounts;
  /** Patients; null where the set does not name them. */
  readonly patients: number | null;
  /** Patients of each class; null where the set does not name them. A patient of two classes counts in both. */
  readonly patientsByLabel: LabelCounts | null;
  /** How many patients have one image, two, and so on: `{ "1": 253, "2": 811 }`; null where the set does not name them. */
  readonly imagesPerPatient: Readonly<Record<string, number>> | null;
  /** Images of each class by ultrasound machine; empty where the set does not name it. */
  readonly byDevice: Readonly<Record<string, LabelCounts>>;
  /** Images of each class by BI-RADS category; empty where the set does not state it. */
  readonly byBirads: Readonly<Record<string, LabelCounts>>;
  /** Images of each class by the set's own part; empty where it has none. */
  readonly byPart: Readonly<Record<string, LabelCounts>>;
  /** Columns; null where no image can be read. */
  readonly width: ValueRange | null;
  /** Rows; null where no image can be read. */
  readonly height: ValueRange | null;
  /** Images by the form of their files: "1 channel, 8 bits". */
  readonly byFormat: Readonly<Record<string, number>>;
  /** Images with a mask that shows a lesion. */
  readonly withLesion: number;
  /** The area of the lesion's box as a share of the image, of each class; without classes that have no box. */
  readonly boxShare: Readonly<Partial<Record<Label, ValueRange>>>;
}

/**
 * Counts what a set holds.
 *
 * @param inspections What was seen of them, in the same order.
 */
export function countImages(records: readonly ImageRecord[], inspections: readonly Inspection[]): ImageCounts {
  const seen = inspections.map((inspection) => inspection.seen);
  const named = records.some(({ patient }) => patient !== undefined);
  const firstOfPatient = new Map<string, ImageRecord>();
  for (const record of records) {
    if (record.patient !== undefined) firstOfPatient.set(`${record.patient} ${record.label}`, record);
  }
  const perPatient = new Map<string, number>();
  for (const { patient } of records)
    if (patient !== undefined) perPatient.set(patient, (perPatient.get(patient) ?? 0) + 1);
  const formats = seen.flatMap((one) =>
    one === null ? [] : [`${one.channels} ${one.channels === 1 ? "channel" : "channels"}, ${one.bits} bits`],
  );
  const boxShare: Partial<Record<Label, ValueRange>> = {};
  for (const label of labels) {
    const shares = records.flatMap((record, index) => {
      const one = seen[index];
      const box = one?.lesion?.box ?? record.box;
      return record.label === label && one != null && box !== undefined
        ? [(box.width * box.height) / (one.width * one.height)]
        : [];
    });
    const spread = spreadOf(shares);
    if (spread !== null) boxShare[label] = spread;
  }
  return {
    images: records.length,
    byLabel: countLabels(records),
    patients: named ? perPatient.size : null,
    patientsByLabel: named ? countLabels([...firstOfPatient.values()]) : null,
    imagesPerPatient: named ? tally([...perPatient.values()].map(String)) : null,
    byDevice: countBy(records, ({ device }) => device),
    byBirads: countBy(records, ({ birads }) => birads),
    byPart: countBy(records, ({ part }) => part),
    width: spreadOf(seen.flatMap((one) => (one === null ? [] : [one.width]))),
    height: spreadOf(seen.flatMap((one) => (one === null ? [] : [one.height]))),
    byFormat: tally(formats),
    withLesion: seen.filter((one) => one?.lesion != null).length,
    boxShare,
  };
}

/**
 * Counts images of each class.
 *
 * @returns The counts, in the order of the labels.
 */
export function countLabels(records: readonly { readonly label: Label }[]): LabelCounts {
  const counts = labels.map((label) => [label, records.filter((record) => record.label === label).length] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

function countBy(
  records: readonly ImageRecord[],
  key: (record: ImageRecord) => string | undefined,
): Record<string, LabelCounts> {
  const groups = new Map<string, ImageRecord[]>();
  for (const record of records) {
    const value = key(record);
    if (value !== undefined) groups.set(value, [...(groups.get(value) ?? []), record]);
  }
  const ordered = [...groups].sort(([a], [b]) => byName(a, b));
  return Object.fromEntries(ordered.map(([value, members]) => [value, countLabels(members)]));
}

function tally(values: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const value of [...values].sort(byName)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Object.fromEntries(counts);
}

function spreadOf(values: readonly number[]): ValueRange | null {
  if (values.length === 0) return null;
  return { least: quantile(values, 0), median: median(values), most: quantile(values, 1) };
}
