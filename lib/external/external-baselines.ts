import type { Split } from "../data/split/split";
import type { BaselineImages } from "../evaluate/baselines/baseline";
import type { PredictionSet } from "../evaluate/predictions";

/** What an external image is called among a study's own while a baseline predicts both: names of two sets may be the same. */
const prefix = "external ";

/**
 * Lets a baseline that learned from each fold's images predict another set.
 *
 * @param baseline One of the evaluate room's: `boxGeometryBaseline`, for example.
 * @param split The study's own folds.
 * @param own The study's images.
 * @param external The other set's.
 * @returns What the baseline of each fold says of every image of the other set.
 * @throws {Problem} Where an image lacks what the baseline looks at.
 */
export function externalBaseline(
  baseline: (split: Split, images: BaselineImages) => PredictionSet,
  split: Split,
  own: BaselineImages,
  external: BaselineImages,
): PredictionSet {
  const named = external.records.map((record) => ({ ...record, id: prefix + record.id }));
  const asked = { ...split, folds: split.folds.map((fold) => ({ ...fold, test: named.map(({ id }) => id) })) };
  const found = baseline(asked, {
    records: [...own.records, ...named],
    inspections: [
      ...own.inspections,
      ...external.inspections.map((inspection) => ({ ...inspection, id: prefix + inspection.id })),
    ],
  });
  const rows = found.rows.flatMap((row) => (row.part === "test" ? [{ ...row, id: row.id.slice(prefix.length) }] : []));
  return { ...found, rows };
}
