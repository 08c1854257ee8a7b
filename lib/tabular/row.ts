import * as v from "valibot";

const partSchema = v.strictObject({
  /** Where its numbers begin in the file of logits, counted in numbers. */
  from: v.number(),
  /** How many there are: one an image. */
  count: v.number(),
});

/** The schema of {@link Row}. */
export const rowSchema = v.strictObject({
  /** The set of the network. */
  set: v.string(),
  /** Its place in the set, from 0: with the set, its line in `networks.jsonl`. */
  place: v.number(),
  /** The hash of its architecture. */
  network: v.string(),
  /** The inner fold, from 1. */
  fold: v.number(),
  /** The repetition, from 1. */
  repeat: v.number(),
  /** The seed of its training. */
  seed: v.number(),
  /** Side of the images, in pixels. */
  size: v.number(),
  /** Passes through the training images. */
  epochs: v.number(),
  /** Processor seconds of the whole unit, loading included. */
  cpuSeconds: v.number(),
  /** Seconds of its training alone. */
  trainingSeconds: v.number(),
  /** The area under the ROC curve of the inner fold's validation images, after the last epoch. */
  area: v.number(),
  /** Their cross entropy, in nats. */
  loss: v.number(),
  /** The share of them whose class is right. */
  accuracy: v.number(),
  /** The same after each epoch, by the weights of that moment. */
  curve: v.strictObject({ area: v.array(v.number()), loss: v.array(v.number()), accuracy: v.array(v.number()) }),
  /** The logits of the validation images, in the order of the fold's ids. */
  logits: partSchema,
  /** The hash of the protocol by which it was trained. */
  protocol: v.string(),
  /** The version of this program that trained it. */
  version: v.string(),
});

/**
 * What a network came to on an inner fold: a row of the benchmark's table.
 *
 * @interface
 */
export type Row = Readonly<v.InferOutput<typeof rowSchema>>;

/** What tells rows apart: which network, trained how, on what. */
export type RowKey = Pick<Row, "set" | "place" | "fold" | "repeat" | "size" | "epochs">;

/**
 * Names a row: two rows of the same name are the same training.
 */
export function nameOfRow({ set, place, fold, repeat, size, epochs }: RowKey): string {
  return `${set} ${place}, fold ${fold}, repeat ${repeat}, ${size} px, ${epochs} epochs`;
}

/**
 * Rounds a number as rows keep it.
 *
 * @param digits Behind the point.
 */
export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
