import type { RandomGenerator } from "../runtime/random";
import { setting, type ImageSize } from "./cases";

/** The batch that every step of a contender takes. */
export interface Batch {
  /** The images, `[batch, height, width, channels]`, float32. */
  readonly images: Float32Array;
  /** The class of each, from 0; int32. */
  readonly labels: Int32Array;
}

/**
 * Draws a batch: pixels of mean 0 and deviation 1, as images are after normalisation, and classes by chance. What the
 * numbers are does not bear on the time that a step takes.
 */
export function drawBatch(size: ImageSize, random: RandomGenerator): Batch {
  const { batch, channels, classes } = setting;
  return {
    images: Float32Array.from({ length: batch * size * size * channels }, () => random.normal()),
    labels: Int32Array.from({ length: batch }, () => random.integer(0, classes - 1)),
  };
}
