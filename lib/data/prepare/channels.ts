import type { Channel } from "./configuration";

/** The planes of which channels are made, each `[size, size]` row by row, from 0 to 1. */
export interface Planes {
  readonly gray: Float32Array;
  /** The lesion; null where no channel needs it. */
  readonly mask: Float32Array | null;
  /** The value of the size plane; null where no channel needs it. */
  readonly lesionSize: number | null;
}

/**
 * Puts the planes of an image side by side.
 *
 * @returns The image, `[size, size, channels]` row by row. float32.
 */
export function joinChannels(channels: readonly Channel[], { gray, mask, lesionSize }: Planes): Float32Array {
  const image = new Float32Array(gray.length * channels.length);
  for (const [place, channel] of channels.entries()) {
    for (let pixel = 0; pixel < gray.length; pixel++) {
      const own = mask === null ? 0 : mask[pixel]!;
      image[pixel * channels.length + place] =
        channel === "gray"
          ? gray[pixel]!
          : channel === "mask"
            ? own
            : channel === "size"
              ? lesionSize!
              : gray[pixel]! * own;
    }
  }
  return image;
}

/**
 * Computes the value of the size plane: see {@link Channel}.
 *
 * @param area The lesion's area in pixels.
 * @returns The square root of the lesion's share, from 0 to 1.
 */
export function lesionSizeOf(area: number, picture: { readonly width: number; readonly height: number }): number {
  return Math.min(1, Math.sqrt(area / (picture.width * picture.height)));
}
