import type { SplitRecord } from "../../../lib/data/split/groups";
import type { Split } from "../../../lib/data/split/split";
import type { RandomGenerator } from "../../../lib/runtime/random";

/** A source for splits that are of no real data. */
export const source = { dataset: "made up", dataHash: "0123456789abcdef".repeat(4) };

/** What is drawn. */
export interface RandomRecordsOptions {
  /** How many patients. */
  readonly patients: number;
  /** The share of patients with a malignant lesion. */
  readonly malignant: number;
  /** The most images of one patient. */
  readonly most: number;
  /** How often an image has the other class than its patient; default: 0. */
  readonly mixed?: number;
}

/**
 * Draws the records of a data set, in random order.
 *
 * @param random Draws them.
 * @param options How many.
 * @returns The records: the first patients are malignant.
 */
export function randomRecords(random: RandomGenerator, options: RandomRecordsOptions): SplitRecord[] {
  const { patients, malignant, most, mixed = 0 } = options;
  const records = Array.from({ length: patients }, (_, patient) =>
    Array.from({ length: random.integer(1, most) }, (__, image): SplitRecord => {
      const isMalignant = patient < malignant * patients !== random.uniform() < mixed;
      return { id: `${patient}-${image}`, patient: `${patient}`, label: isMalignant ? "malignant" : "benign" };
    }),
  );
  return random.shuffled(records.flat());
}

/**
 * Makes one record.
 *
 * @param id Its id.
 * @param label Its class; default: benign.
 * @param patient Its patient; default: none.
 * @returns The record.
 */
export function record(id: string, label: SplitRecord["label"] = "benign", patient?: string): SplitRecord {
  return { id, label, ...(patient === undefined ? {} : { patient }) };
}

/**
 * Makes a split by hand.
 *
 * @param folds Its folds, each with lists of ids as text: "a b c".
 * @param more Other properties than the usual ones.
 * @returns The split.
 */
export function makeSplit(
  folds: readonly { train: string; validation?: string; test: string }[],
  more: Partial<Split> = {},
): Split {
  const list = (text = "") => text.split(" ").filter((id) => id !== "");
  return {
    name: "made",
    kind: "hold-out",
    ...source,
    sample: null,
    seed: null,
    groupsAcrossParts: { allowed: false, reason: null, count: 0 },
    folds: folds.map(({ train, validation, test }, index) => ({
      name: `fold ${index + 1}`,
      train: list(train),
      validation: list(validation),
      test: list(test),
    })),
    ...more,
  };
}
