import { Problem } from "../../runtime/problem";
import { placesOf, type Prepared } from "./prepared";

/**
 * By what each plane is normalised: (value - mean) / deviation. Plain data, to be saved with a model, which works on no
 * other images than those normalised in the same way.
 */
export interface Normalisation {
  /** The mean of each plane over all training images. */
  readonly mean: readonly number[];
  /** The standard deviation of each plane over all training images, dividing by n; 1 for a plane that never varies. */
  readonly deviation: readonly number[];
}

/**
 * Computes by what to normalise, from the training images alone: statistics of all images would let a network know
 * something of those that it is tested on.
 *
 * @param trainingIds The names of those that the network is trained on, at least one.
 * @returns Mean and standard deviation of each plane, before any augmentation.
 * @throws {Problem} Where there is no name, or one that is not among the images.
 */
export function computeNormalisation(
  prepared: Pick<Prepared, "ids" | "pixels" | "size" | "channels">,
  trainingIds: readonly string[],
): Normalisation {
  if (trainingIds.length === 0) {
    throw new Problem("A normalisation was to be computed from no images.", "Give the names of the training images.");
  }
  const channels = prepared.channels.length;
  const length = prepared.size ** 2 * channels;
  const images = placesOf(prepared, trainingIds).map((place) =>
    prepared.pixels.subarray(place * length, (place + 1) * length),
  );
  const count = images.length * prepared.size ** 2;
  // Two passes: the square of the mean taken from the mean of squares would lose digits.
  const mean = prepared.channels.map((_, channel) => {
    let sum = 0;
    for (const image of images) for (let place = channel; place < length; place += channels) sum += image[place]!;
    return sum / count;
  });
  const deviation = mean.map((own, channel) => {
    let sum = 0;
    for (const image of images)
      for (let place = channel; place < length; place += channels) sum += (image[place]! - own) ** 2;
    return Math.sqrt(sum / count);
  });
  return { mean, deviation: deviation.map((value) => (value < 1e-6 ? 1 : value)) };
}

/**
 * Normalises images in place.
 *
 * @param pixels The images, `[images, size, size, channels]`; they are changed.
 * @throws {Problem} Where the normalisation is damaged, or the numbers are not of as many planes as it has.
 */
export function normaliseInPlace(pixels: Float32Array, normalisation: Normalisation): void {
  const channels = normalisation.mean.length;
  checkNormalisation(normalisation, channels);
  if (pixels.length % channels !== 0) {
    throw new Problem(
      `A normalisation of ${channels} planes was to be applied to ${pixels.length} numbers.`,
      "Use the normalisation that was computed for these images.",
    );
  }
  for (let channel = 0; channel < channels; channel++) {
    const mean = normalisation.mean[channel]!;
    const factor = 1 / normalisation.deviation[channel]!;
    for (let place = channel; place < pixels.length; place += channels)
      pixels[place] = (pixels[place]! - mean) * factor;
  }
}

/**
 * Checks a normalisation, which may come from a file.
 *
 * @throws {Problem} Where it does not fit, or its numbers are no means and deviations.
 */
export function checkNormalisation({ mean, deviation }: Normalisation, channels: number): void {
  const good =
    mean.length === channels &&
    deviation.length === channels &&
    mean.every(Number.isFinite) &&
    deviation.every((value) => Number.isFinite(value) && value > 0);
  if (!good || channels === 0) {
    throw new Problem(
      `A normalisation has the means [${mean.join(", ")}] and deviations [${deviation.join(", ")}], expected one of each for ${channels} planes, deviations above 0.`,
      "Compute it by computeNormalisation from the training images.",
    );
  }
}
