import { Problem } from "../runtime/problem";
import type { Row } from "./row";

/** Which trainings labels are of. */
export interface LabelChoice {
  /** The set of networks. */
  readonly set: string;
  /** The repetition, from 1. */
  readonly repeat: number;
  /** Side of the images, in pixels. */
  readonly size: number;
  /** Passes through the training images. */
  readonly epochs: number;
  /** The inner folds, from 1. */
  readonly folds: readonly number[];
}

/** How all networks of the table are trained once: the first repetition, at 32 × 32, for 15 epochs. */
export const tableTrainings = { repeat: 1, size: 32, epochs: 15 } as const;

/** What networks of a set came to on some folds. */
export interface Labels {
  /** The places of the networks in their set. */
  readonly places: readonly number[];
  /** The area under the ROC curve of each on each fold: `[networks, folds]`. */
  readonly areas: readonly (readonly number[])[];
}

/**
 * Takes the areas out of a benchmark's rows.
 *
 * @param rows The rows.
 * @param choice Which trainings.
 * @returns Those of all networks that were measured on each of the folds.
 * @throws {Problem} Where there are none.
 */
export function labelsOf(rows: readonly Row[], choice: LabelChoice): Labels {
  const { set, repeat, size, epochs, folds } = choice;
  const areas = new Map<number, Map<number, number>>();
  for (const row of rows) {
    if (row.set !== set || row.repeat !== repeat || row.size !== size || row.epochs !== epochs) continue;
    const own = areas.get(row.place) ?? new Map<number, number>();
    areas.set(row.place, own.set(row.fold, row.area));
  }
  const places = [...areas.keys()]
    .filter((place) => folds.every((fold) => areas.get(place)!.has(fold)))
    .sort((a, b) => a - b);
  if (places.length === 0)
    throw new Problem(
      `The table has no network of ${set} that was measured on the folds ${folds.join(", ")} at ${size} pixels for ${epochs} epochs, repetition ${repeat}.`,
      "Measure it: npm run search-benchmark says which step does.",
    );
  return { places, areas: places.map((place) => folds.map((fold) => areas.get(place)!.get(fold)!)) };
}
