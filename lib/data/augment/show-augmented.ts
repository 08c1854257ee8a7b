import { showImages } from "../../display/images";
import { withDefaults } from "../../runtime/options";
import type { RandomGenerator } from "../../runtime/random";
import { placesOf, type Prepared } from "../prepare/prepared";
import { planeOf } from "../prepare/show-prepared";
import { createAugment } from "./augment";
import type { AugmentationOptions } from "./augmentation";

/** What is shown of an augmentation. */
export interface ShowAugmentedOptions {
  /** How many variants of each image; default: 6. */
  variants: number;
  /** The width of one image on the page, in CSS pixels; default: 96. */
  size: number;
}

/**
 * Shows images and what an augmentation makes of them below the running cell: one row an image, the original first. The
 * first plane is shown.
 *
 * @param prepared The images.
 * @param ids Which of them.
 * @param augmentation How they are varied.
 * @param random The source of chance.
 * @param options How many variants, and how large.
 * @throws {Problem} Where an image is named that is not there, or a setting is wrong.
 */
export function showAugmented(
  prepared: Pick<Prepared, "ids" | "labels" | "pixels" | "size" | "channels">,
  ids: readonly string[],
  augmentation: Partial<AugmentationOptions>,
  random: RandomGenerator,
  options: Partial<ShowAugmentedOptions> = {},
): void {
  const { variants, size: width } = withDefaults<ShowAugmentedOptions>("showAugmented", options, {
    variants: 6,
    size: 96,
  });
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
