import * as v from "valibot";

import { flag, listOf, nullable, number, passed, text, wholeNumber } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { Problem } from "../../runtime/problem";
import type { RandomGenerator } from "../../runtime/random";
import { tf } from "../../runtime/tensorflow";
import { createAugment } from "../augment/augment";
import { augmentationSchema, changesAnything } from "../augment/augmentation";
import { normaliseInPlace, type Normalisation } from "../prepare/normalise";
import { placesOf, type Prepared } from "../prepare/prepared";
import { orderBalanced, orderOfShare, orderOnce, type Turn } from "./order";

const batchOptions = v.strictObject({
  prepared: passed<Pick<Prepared, "ids" | "labels" | "pixels" | "size" | "channels">>("prepared images"),
  /** The names of those that are used, each once, at least one; default: all. */
  ids: v.optional(nullable(listOf(text("an image's id"))), null),
  /** Images in a batch, from 1; default: 32. */
  batchSize: v.optional(wholeNumber({ from: 1 }), 32),
  /** Whether each epoch has an order of its own; default: false, the order of `ids` (for evaluation). */
  shuffle: v.optional(flag(), false),
  /**
   * Whether every batch holds as many benign as malignant images, by repeating images of the smaller class (random
   * oversampling). An epoch then has twice as many images as the larger class, and `batchSize` must be even. Only for
   * training. Default: false.
   */
  balanced: v.optional(flag(), false),
  /**
   * The share of benign images in each epoch, between 0 and 1, by repeating images of one class and leaving out some of the
   * other, others in each epoch, which keeps its length. Only for training. Left out: as they are.
   */
  benignShare: v.optional(number({ above: 0, below: 1 })),
  /** How each image is varied, anew in every epoch; default: not at all. */
  augment: v.optional(augmentationSchema, {}),
  /** By what images are normalised, after they were varied; null leaves them from 0 to 1. Default: null. */
  normalisation: v.optional(nullable(passed<Normalisation>("a normalisation")), null),
  /**
   * The source of chance, needed to shuffle and to augment. Only its seed and its labels count, not what was drawn from it
   * before. Default: null.
   */
  random: v.optional(nullable(passed<RandomGenerator>("a RandomGenerator")), null),
  /** Whether a last batch with fewer images is left out; default: false. */
  dropLast: v.optional(flag(), false),
});

/** Which images come in which batches, and how. @interface */
export type BatchOptions = v.InferInput<typeof batchOptions>;

type CheckedBatches = v.InferOutput<typeof batchOptions>;

/** Some images as tensors. Whoever takes a batch disposes both tensors: `tf.dispose([batch.images, batch.labels])`. */
export interface Batch {
  /** The images, `[batch, height, width, channels]`. float32. */
  readonly images: tf.Tensor4D;
  /** Their classes, `[batch]`: 0 benign, 1 malignant. int32. */
  readonly labels: tf.Tensor1D;
  readonly ids: readonly string[];
}

/** The batches of all epochs. */
export interface Batches {
  /** Batches in an epoch. */
  readonly steps: number;
  /** Images in an epoch. */
  readonly images: number;

  /**
   * Gives an epoch's batches one after the other. Each is made when it is asked for.
   *
   * @param epoch The epoch, from 0.
   */
  epoch(epoch: number): Generator<Batch, void, undefined>;

  /**
   * Makes one batch alone, the same to the bit as in its epoch, so that training can be resumed anywhere.
   *
   * @param epoch The epoch, from 0.
   * @param step The batch, from 0.
   */
  batchAt(epoch: number, step: number): Batch;
}

/**
 * Feeds prepared images to a network. The order depends on the source of chance and the epoch alone, and how an image is
 * varied on these and its name, so that it does not matter which batches were made before.
 *
 * @throws {Problem} Where an option is out of range or does not fit the images.
 */
export function createBatches(options: BatchOptions): Batches {
  const settings = checkBatches(options);
  const { prepared, batchSize, random, dropLast, normalisation } = settings;
  const { size, channels, pixels } = prepared;
  const length = size * size * channels.length;
  const turnsOf = makeTurns(settings);
  const images = turnsOf(0).length;
  const steps = dropLast ? Math.floor(images / batchSize) : Math.ceil(images / batchSize);
  if (steps === 0) {
    throw new Problem(
      `An epoch has ${images} images, fewer than one batch of ${batchSize}, and dropLast leaves it out.`,
      "Choose a smaller batchSize, or dropLast: false.",
    );
  }
  const augments = changesAnything(settings.augment);
  const augment = createAugment(settings.augment, { size, channels }, normalisation);

  const makeBatch = (epoch: number, turns: readonly Turn[]): Batch => {
    // Not used again for the next batch: the tensor keeps the array until TensorFlow first reads it.
    const numbers = new Float32Array(turns.length * length);
    const chance = augments ? random!.split("augment").split(epoch) : null;
    for (const [index, { place, repeat }] of turns.entries()) {
      const source = pixels.subarray(place * length, (place + 1) * length);
      const target = numbers.subarray(index * length, (index + 1) * length);
      if (chance === null) {
        target.set(source);
        continue;
      }
      const own = chance.split(prepared.ids[place]!);
      augment(source, target, repeat === 0 ? own : own.split(repeat));
    }
    if (chance === null && normalisation !== null) normaliseInPlace(numbers, normalisation);
    const labels = Int32Array.from(turns, ({ place }) => prepared.labels[place]!);
    return {
      images: tf.tensor4d(numbers, [turns.length, size, size, channels.length], "float32"),
      labels: tf.tensor1d(labels, "int32"),
      ids: turns.map(({ place }) => prepared.ids[place]!),
    };
  };
  const batchOf = (epoch: number, turns: readonly Turn[], step: number) =>
    makeBatch(epoch, turns.slice(step * batchSize, (step + 1) * batchSize));

  return {
    steps,
    images: dropLast ? steps * batchSize : images,
    epoch(epoch) {
      checkPlace("epoch", epoch, Infinity);
      const turns = turnsOf(epoch);
      return (function* () {
        for (let step = 0; step < steps; step++) yield batchOf(epoch, turns, step);
      })();
    },
    batchAt(epoch, step) {
      checkPlace("epoch", epoch, Infinity);
      checkPlace("step", step, steps);
      return batchOf(epoch, turnsOf(epoch), step);
    },
  };
}

function checkBatches(options: BatchOptions): CheckedBatches {
  const settings = checkOptions("createBatches", batchOptions, options);
  const { prepared, ids, batchSize, shuffle, balanced, benignShare, augment, random } = settings;
  if (balanced && benignShare !== undefined) {
    throw new Problem(
      `createBatches has balanced: true and benignShare: ${benignShare}: each says how many images of a class there are.`,
      "Choose one of them.",
    );
  }
  if (balanced && batchSize % 2 === 1) {
    throw new Problem(
      `createBatches has batchSize: ${batchSize} and balanced: true: an odd number cannot be shared equally by two classes.`,
      `Choose batchSize: ${batchSize + 1}.`,
    );
  }
  if ((ids ?? prepared.ids).length === 0) {
    throw new Problem("createBatches has no images.", "Give ids with at least one name.");
  }
  if (random === null && (shuffle || changesAnything(augment))) {
    throw new Problem(
      "createBatches shuffles or augments, but has no source of chance.",
      'Give random: createRandom(1).split("batches"), for example.',
    );
  }
  return settings;
}

function makeTurns({
  prepared,
  ids,
  shuffle,
  balanced,
  benignShare,
  random,
}: CheckedBatches): (epoch: number) => Turn[] {
  const places = placesOf(prepared, ids ?? prepared.ids);
  const chanceOf = (epoch: number) => (shuffle ? random!.split("order").split(epoch) : null);
  if (!balanced && benignShare === undefined) return (epoch) => orderOnce(places, chanceOf(epoch));
  const ofClass = (label: number) => places.filter((place) => prepared.labels[place] === label);
  const classes = [ofClass(0), ofClass(1)] as const;
  for (const [label, name] of ["benign", "malignant"].entries()) {
    if (classes[label]!.length === 0) {
      throw new Problem(
        `createBatches has ${balanced ? "balanced: true" : `benignShare: ${benignShare!}`}, but none of its ${places.length} images is ${name}.`,
        `Choose images of both classes, or ${balanced ? "balanced: false" : "leave benignShare out"}.`,
      );
    }
  }
  if (benignShare !== undefined) return (epoch) => orderOfShare(classes, benignShare, chanceOf(epoch));
  return (epoch) => orderBalanced(classes, chanceOf(epoch));
}

function checkPlace(name: string, value: number, count: number): void {
  if (Number.isSafeInteger(value) && value >= 0 && value < count) return;
  const range = count === Infinity ? "a whole number from 0" : `a whole number from 0 to ${count - 1}`;
  throw new Problem(
    `A batch of ${name} ${value} was asked for, expected ${range}.`,
    "Epochs and steps are counted from 0.",
  );
}
