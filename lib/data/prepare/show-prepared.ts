import * as v from "valibot";

import { classStyles } from "../../display/colors";
import { showImages, type GrayImage } from "../../display/images";
import { listOf, nullable, positive, text, wholeNumber } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { placesOf, type Prepared } from "./prepared";

const showPreparedOptions = v.strictObject({
  /** Which images, by name; null takes the first ones; default: null. */
  ids: v.optional(nullable(listOf(text("an image's id"))), null),
  /** How many, where they are not named; default: 6. */
  count: v.optional(wholeNumber({ from: 1 }), 6),
  /** The width of one plane on the page, in CSS pixels; default: 112. */
  size: v.optional(positive(), 112),
});

/** What is shown of prepared images. @interface */
export type ShowPreparedOptions = v.InferInput<typeof showPreparedOptions>;

/** What is needed of prepared images to show them. */
type Shown = Pick<Prepared, "ids" | "labels" | "pixels" | "size" | "channels">;

/**
 * Shows prepared images below the running cell, one row a plane, with the frame of their class.
 *
 * @throws {Problem} Where an image is named that is not there.
 */
export function showPrepared(prepared: Shown, options: ShowPreparedOptions = {}): void {
  const { ids, count, size } = checkOptions("showPrepared", showPreparedOptions, options);
  const places = placesOf(prepared, ids ?? prepared.ids.slice(0, count));
  const images = prepared.channels.flatMap((_, channel) =>
    Array.from(places, (place) => planeOf(prepared, place, channel)),
  );
  showImages(images, { size, columns: places.length });
}

/** Takes one plane of a prepared image, ready to be shown. */
export function planeOf(prepared: Shown, place: number, channel: number): GrayImage {
  const { size, channels, pixels } = prepared;
  const start = place * size * size * channels.length;
  const label = prepared.labels[place] === 1 ? "malignant" : "benign";
  return {
    pixels: Float32Array.from(
      { length: size * size },
      (_, pixel) => pixels[start + pixel * channels.length + channel]!,
    ),
    width: size,
    height: size,
    caption: `${prepared.ids[place]!} · ${channels[channel]!}`,
    color: classStyles[label].color,
  };
}
