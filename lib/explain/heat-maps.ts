import { Problem } from "../runtime/problem";

/** One map for each of several images, in the unit of whoever made them. */
export interface HeatMaps {
  /** The values, `[images, height, width]` row by row. float32. */
  readonly values: Float32Array;
  readonly images: number;
  readonly height: number;
  readonly width: number;
}

/** Maps that can be shown in colours. */
export interface ScaledHeatMaps {
  /** Values from 0 to 1, `[height, width]` row by row, one list for each image. float32. */
  readonly maps: readonly Float32Array[];
  /** What was 1 before, for each image. */
  readonly full: readonly number[];
  /** In words, what 0 and 1 stand for; it belongs beside the colour bar. */
  readonly scale: string;
}

/**
 * Takes one image's map.
 *
 * @param image Which image, from 0.
 * @returns Its values, `[height, width]`: a view, not a copy.
 */
export function mapOf({ values, height, width }: HeatMaps, image: number): Float32Array {
  return values.subarray(image * height * width, (image + 1) * height * width);
}

/**
 * Brings maps to the scale of a colour bar from 0 to 1. Values below 0 become 0.
 *
 * Where each map is divided by its own largest value, a network that has seen next to nothing looks as sure as any other:
 * the maps can then not be compared, and the words say so.
 *
 * @param by What becomes 1: the largest value of `all` maps, of `each` map for itself, or a given number above 0, beyond
 *   which values are cut off. Default: `all`.
 * @returns The maps, and the scale in words. A map without any value above 0 stays 0.
 * @throws {Problem} Where a value is not a number, or `by` is none of these.
 */
export function scaleHeatMaps(maps: HeatMaps, by: "all" | "each" | number = "all"): ScaledHeatMaps {
  if (by !== "all" && by !== "each" && !(typeof by === "number" && by > 0 && by < Infinity)) {
    throw new Problem(
      `Heat maps were to be scaled by ${JSON.stringify(by)}, expected "all", "each" or a number above 0.`,
      "Correct it.",
    );
  }
  if (!maps.values.every(Number.isFinite)) {
    throw new Problem(
      "A heat map holds a value that is not a finite number.",
      "The network's weights or the images are damaged: look at its predictions.",
    );
  }
  const own = Array.from({ length: maps.images }, (_, image) => mapOf(maps, image));
  const largest = own.map((map) => map.reduce((most, value) => Math.max(most, value), 0));
  const most = Math.max(0, ...largest);
  const full = largest.map((value) => (by === "each" ? value : by === "all" ? most : by));
  const scale =
    by === "each"
      ? "1 = the largest value of each image by itself: images cannot be compared"
      : by === "all"
        ? `1 = ${format(most)}, the largest value of these images`
        : `1 = ${format(by)} or more`;
  return {
    maps: own.map((map, image) =>
      map.map((value) => (full[image]! > 0 ? Math.min(1, Math.max(0, value) / full[image]!) : 0)),
    ),
    full,
    scale,
  };
}

const format = (value: number) => String(Number(value.toPrecision(4)));
