import type { ImageRecord } from "../data/records/record";
import { evaluatePredictions } from "../evaluate/evaluation";
import type { Prediction, PredictionSet } from "../evaluate/predictions";
import { comparisonRows, type ComparisonRow } from "./comparison-rows";
import { suspicionOf } from "./reader";

/** From which category on the reader of a row calls a lesion malignant: that from which a biopsy is advised. */
const callsFrom = 4;

/** The name of a reader's row. */
export const readerName = `reader, BI-RADS ≥ ${callsFrom}`;

/** How rows of a reader are computed. */
export interface ReaderRowOptions {
  /** How often patients are resampled, from 1; default: 2000. */
  readonly replicates?: number;
  /** The seed of the resampling; default: 1. */
  readonly seed?: number;
}

/**
 * Makes the row of the reader whose BI-RADS categories a data set records, to stand below those of models: what he calls malignant from
 * category 4 on, and the area within folds by his categories, over the same tested images. He saw the whole picture, and what was known
 * of the examination, which the row's note says.
 *
 * @param sets The models' predictions, of which the tested images are taken.
 * @param records The images' records, those that are tested among them.
 * @returns One row; none where fewer than half of the tested images have a category from 1 to 5, or those are of one class.
 * @throws {Problem} Where the predictions are not fit to be evaluated, or an option cannot be such.
 */
export function readerRows(
  sets: readonly PredictionSet[],
  records: readonly Pick<ImageRecord, "id" | "birads">[],
  { replicates = 2000, seed = 1 }: ReaderRowOptions = {},
): ComparisonRow[] {
  const known = new Map(records.map(({ id, birads }) => [id, suspicionOf(birads)]));
  const rows = sets[0]?.rows ?? [];
  const first = Math.min(...rows.map((row) => row.seed));
  const tested = rows.filter((row) => row.part === "test" && row.seed === first);
  const read = tested.flatMap((row): Prediction[] => {
    const suspicion = known.get(row.id) ?? null;
    // No probability: a number that grows with the category, and reaches a half from where he calls.
    return suspicion === null ? [] : [{ ...row, logit: null, probability: suspicion / (2 * callsFrom) }];
  });
  if (read.length === 0 || 2 * read.length < tested.length || new Set(read.map(({ label }) => label)).size < 2)
    return [];
  const evaluation = evaluatePredictions({ model: readerName, rows: read }, { replicates, seed });
  const [row] = comparisonRows([{ evaluation, kind: "reader", input: null, cost: null, trainSeconds: null }]);
  const without = tested.length - read.length;
  const left = without === 0 ? "" : `; without ${without} of ${tested.length} images that have no category`;
  return [{ ...row!, note: `as the set records it; he saw the whole picture${left}` }];
}
