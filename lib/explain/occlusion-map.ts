import * as v from "valibot";

import { wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import type { HeatMaps } from "./heat-maps";

/** Images as plain numbers. */
export interface PlainImages {
  /** The numbers, as the model takes them, `[images, height, width, channels]` row by row. float32. */
  readonly pixels: Float32Array;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * Anything that tells a probability of images: `[count, height, width, channels]` numbers and how many images they are, to
 * one probability for each. The numbers are used again after the call: it copies what it keeps.
 */
export type PredictProbability = (
  pixels: Float32Array,
  count: number,
) => ArrayLike<number> | Promise<ArrayLike<number>>;

const occlusionOptions = v.strictObject({
  /** The side of the square that is hidden, in pixels, from 1 to the image's shorter side; default: 8. */
  patch: v.optional(wholeNumber({ from: 1 }), 8),
  /** Pixels from one square to the next, from 1 to `patch`, so that no pixel is left out; default: 4. */
  stride: v.optional(wholeNumber({ from: 1 }), 4),
  /** Images that are predicted at once, from 1; default: 32. */
  batchSize: v.optional(wholeNumber({ from: 1 }), 32),
});

/** What is hidden, and how. @interface */
export type OcclusionOptions = v.InferInput<typeof occlusionOptions>;

type Settings = v.InferOutput<typeof occlusionOptions>;

/** Maps of how much a probability depends on each place. */
export interface OcclusionMaps extends HeatMaps {
  /** The probability of each image as it is, 0 to 1. */
  readonly probabilities: readonly number[];
}

/**
 * Maps how much a probability changes when a part of the image is hidden (Zeiler and Fergus, "Visualizing and understanding
 * convolutional networks", ECCV 2014, section 4.2): set to 0, which in normalised images is the mean of the training images.
 * It needs nothing of the model but its predictions, which are as many as squares and one more for each image.
 *
 * The value of a pixel is the mean over the squares that hide it of probability as it is less probability with the square
 * hidden, from -1 to 1: above 0 where the place speaks for the class.
 *
 * @returns The maps, in units of probability, not scaled.
 * @throws {Problem} Where an option or the images are not as stated, or the model gives no probabilities.
 */
export async function occlusionMap(
  predict: PredictProbability,
  images: PlainImages,
  options: OcclusionOptions = {},
): Promise<OcclusionMaps> {
  const settings = checkOptions("occlusionMap", occlusionOptions, options);
  const { pixels, height, width, channels } = images;
  const length = height * width * channels;
  if (pixels.length === 0 || pixels.length % length !== 0) {
    throw new Problem(
      `occlusionMap was given ${pixels.length} numbers, expected images of ${height} × ${width} × ${channels} = ${length} each.`,
      "Give the numbers of whole images.",
    );
  }
  checkSettings(settings, images);
  const count = pixels.length / length;
  const rows = startsOf(height, settings);
  const columns = startsOf(width, settings);
  const squares = rows.flatMap((top) => columns.map((left) => ({ top, left })));
  const values = new Float32Array(count * height * width);
  const probabilities: number[] = [];
  for (let image = 0; image < count; image++) {
    const own = pixels.subarray(image * length, (image + 1) * length);
    const [whole] = await predictChecked(predict, own, 1);
    probabilities.push(whole!);
    const sums = new Float64Array(height * width);
    const hidings = new Uint32Array(height * width);
    for (let start = 0; start < squares.length; start += settings.batchSize) {
      const some = squares.slice(start, start + settings.batchSize);
      const hidden = new Float32Array(some.length * length);
      for (const [index, square] of some.entries()) {
        hidden.set(own, index * length);
        const target = hidden.subarray(index * length, (index + 1) * length);
        forEachPixel(square, settings.patch, width, (pixel) => {
          target.fill(0, pixel * channels, (pixel + 1) * channels);
        });
      }
      const found = await predictChecked(predict, hidden, some.length);
      for (const [index, square] of some.entries()) {
        forEachPixel(square, settings.patch, width, (pixel) => {
          sums[pixel]! += whole! - found[index]!;
          hidings[pixel]!++;
        });
      }
    }
    values.set(
      sums.map((sum, pixel) => sum / hidings[pixel]!),
      image * height * width,
    );
  }
  return { values, images: count, height, width, probabilities };
}

function checkSettings({ patch, stride }: Settings, { height, width }: PlainImages): void {
  for (const [name, value, most] of [
    ["patch", patch, Math.min(height, width)],
    ["stride", stride, patch],
  ] as const) {
    if (value <= most) continue;
    throw new Problem(`occlusionMap has ${name}: ${value}, expected a whole number from 1 to ${most}.`, "Correct it.");
  }
}

// The last square ends at the border, so that it may lie nearer to the one before.
function startsOf(length: number, { patch, stride }: Settings): number[] {
  const starts: number[] = [];
  for (let start = 0; start < length - patch; start += stride) starts.push(start);
  return [...starts, length - patch];
}

function forEachPixel(
  { top, left }: { top: number; left: number },
  patch: number,
  width: number,
  visit: (pixel: number) => void,
): void {
  for (let row = top; row < top + patch; row++)
    for (let column = left; column < left + patch; column++) visit(row * width + column);
}

async function predictChecked(predict: PredictProbability, pixels: Float32Array, count: number): Promise<number[]> {
  const list = Array.from(await predict(pixels, count));
  const bad = list.find((value) => !(value >= 0 && value <= 1));
  if (list.length === count && bad === undefined) return list;
  throw new Problem(
    list.length === count
      ? `The model gave the probability ${bad!}, expected 0 to 1.`
      : `The model gave ${list.length} probabilities for ${count} images.`,
    "Give a function that returns one probability for each image, of the class that is to be explained.",
  );
}
