import * as v from "valibot";

import { showImages } from "../../display/images";
import { positive, wholeNumber } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import type { RandomGenerator } from "../../runtime/random";
import { placesOf, type Prepared } from "../prepare/prepared";
import { planeOf } from "../prepare/show-prepared";
import { createAugment } from "./augment";
import type { AugmentationOptions } from "./augmentation";

const optionsSchema = v.strictObject({
  /** How many variants of each image; default: 6. */
  variants: v.optional(wholeNumber({ from: 1 }), 6),
  /** The width of one image on the page, in CSS pixels; default: 96. */
  size: v.optional(positive(), 96),
});

/** What is shown of an augmentation. @interface */
export type ShowAugmentedOptions = v.InferInput<typeof optionsSchema>;

/**
 * Shows images and what an augmentation makes of them below the running cell: one row an image, the original first. The
 * first plane is shown.
 *
 * @throws {Problem} Where an image is named that is not there, or a setting is wrong.
 */
export function showAugmented(
  prepared: Pick<Prepared, "ids" | "labels" | "pixels" | "size" | "channels">,
  ids: readonly string[],
  augmentation: Partial<AugmentationOptions>,
  random: RandomGenerator,
  options: ShowAugmentedOptions = {},
): void {
  const { variants, size: width } = checkOptions("showAugmented", optionsSchema, options);
  const { size, channels } = prepared;
  const augment = createAugment(augmentation, { size, channels });
  const length = size * size * channels.length;
  const images = Array.from(placesOf(prepared, ids)).flatMap((place) => {
    const source = prepared.pixels.subarray(place * length, (place + 1) * length);
    const id = prepared.ids[place]!;
    const shown = Array.from({ length: variants }, (_, variant) => {
      const target = new Float32Array(length);
      augment(source, target, random.split(id).split(variant));
      const one = { ids: [id], labels: prepared.labels.slice(place, place + 1), pixels: target, size, channels };
      return { ...planeOf(one, 0, 0), caption: `variant ${variant + 1}` };
    });
    return [{ ...planeOf(prepared, place, 0), caption: id }, ...shown];
  });
  showImages(images, { size: width, columns: variants + 1 });
}
