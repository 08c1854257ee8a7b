import { lesionBoxOf } from "../data/audit/shortcut-features";
import type { Inspection } from "../data/inspect/inspection";
import type { ImageRecord } from "../data/records/record";
import { Problem } from "../runtime/problem";
import { quantile } from "../statistics/summary";

/**
 * Names the group of an image.
 *
 * @returns The group; null where the image is in none.
 */
export type GroupOfImage = (id: string) => string | null;

/**
 * Groups images by BI-RADS category, as the set writes it: "BI-RADS 4a".
 *
 * @returns The group of an image; null where the set does not state a category.
 * @throws {Problem} Where no image has a category.
 */
export function groupByBirads(records: readonly ImageRecord[]): GroupOfImage {
  return groupBy(records, "BI-RADS category", ({ birads }) => (birads === undefined ? null : `BI-RADS ${birads}`));
}

/**
 * Groups images by the ultrasound machine.
 *
 * @returns The group of an image; null where the set does not state the machine.
 * @throws {Problem} Where no image has one.
 */
export function groupByDevice(records: readonly ImageRecord[]): GroupOfImage {
  return groupBy(records, "device", ({ device }) => device ?? null);
}

/**
 * Groups images by the set that they come from, where several stand together.
 *
 * @returns The group of an image; null where it is not known.
 * @throws {Problem} Where no image has one.
 */
export function groupBySet(records: readonly ImageRecord[]): GroupOfImage {
  return groupBy(records, "set of several", ({ set }) => set ?? null);
}

/**
 * Groups images by the side of the body, as the set writes it.
 *
 * @returns The group of an image; null where the set does not state the side.
 * @throws {Problem} Where no image has one.
 */
export function groupBySide(records: readonly ImageRecord[]): GroupOfImage {
  return groupBy(records, "side", ({ side }) => side ?? null);
}

/** Images with what was seen of them. */
export interface SizedImages {
  readonly records: readonly ImageRecord[];
  /** What was seen of them, in the same order; boxes of masks are found there where the set states none. */
  readonly inspections: readonly Inspection[];
}

/**
 * Groups images into thirds by the size of their lesions: the longer side of the lesion's box. It is measured in millimetres
 * where the set states the pixels' size for every lesion, else in pixels, which zoom changes. Equal sizes stay together,
 * so that thirds can be unequal.
 *
 * @returns The group of an image, "1: up to 83.0 pixels"; null where it has no box.
 * @throws {Problem} Where fewer than three images have a box, the lists differ in length, or a third would be empty.
 */
export function groupByLesionSize({ records, inspections }: SizedImages): GroupOfImage {
  if (records.length !== inspections.length) {
    throw new Problem(
      `There are ${inspections.length} inspections for ${records.length} images.`,
      "Give one for each, in the same order.",
    );
  }
  const sized = records.flatMap((record, index) => {
    const { seen } = inspections[index]!;
    const box = seen === null ? (record.box ?? null) : lesionBoxOf({ record, seen });
    return box === null ? [] : [{ record, side: Math.max(box.width, box.height) }];
  });
  if (sized.length < 3) {
    throw new Problem(
      `${sized.length} of ${records.length} images have a lesion's box; three are needed for thirds.`,
      "Group by something else: this set has neither boxes nor outlines.",
    );
  }
  const inMillimetres = sized.every(({ record }) => record.pixelSize !== undefined);
  const unit = inMillimetres ? "mm" : "pixels";
  const sizes = sized.map(({ record, side }) => side * (inMillimetres ? record.pixelSize! : 1));
  const [lower, upper] = [quantile(sizes, 1 / 3), quantile(sizes, 2 / 3)];
  const nameOf = (size: number) =>
    size <= lower
      ? `1: up to ${lower.toFixed(1)} ${unit}`
      : size <= upper
        ? `2: up to ${upper.toFixed(1)} ${unit}`
        : `3: above ${upper.toFixed(1)} ${unit}`;
  const groups = new Map(sized.map(({ record }, index) => [record.id, nameOf(sizes[index]!)]));
  if (new Set(groups.values()).size < 3) {
    throw new Problem(
      `Too many of the ${sized.length} lesions have the same size to be divided into thirds.`,
      "Group by something else.",
    );
  }
  return (id) => groups.get(id) ?? null;
}

function groupBy(
  records: readonly ImageRecord[],
  what: string,
  nameOf: (record: ImageRecord) => string | null,
): GroupOfImage {
  const groups = new Map(records.map((record) => [record.id, nameOf(record)]));
  if ([...groups.values()].every((group) => group === null)) {
    throw new Problem(
      `None of the ${records.length} images has a ${what}.`,
      "Group by what this set states: its page says what that is.",
    );
  }
  return (id) => groups.get(id) ?? null;
}
