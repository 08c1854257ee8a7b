import * as v from "valibot";

import type { Prepared } from "../data/prepare/prepared";
import { placesOf } from "../data/prepare/prepared";
import { planeOf } from "../data/prepare/show-prepared";
import { classStyles } from "../display/colors";
import { showImages } from "../display/images";
import { outlineOfMask } from "../pictures/mask";
import { nullable, number, passed, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { maskOfShares } from "./lesion-masks";
import { showHeatMaps } from "./show-heat-maps";
import { worstPredictions, type LabelledPrediction } from "./worst-predictions";

const worstOptions = v.strictObject({
  /** How many, from 1; default: 9. */
  count: v.optional(wholeNumber({ from: 1 }), 9),
  /** The lesion's share of each pixel by the image's name, whose outline is drawn: see `lesionMasks`. Default: none. */
  masks: v.optional(
    passed<ReadonlyMap<string, Float32Array>>("a Map", (given) => given instanceof Map),
    () => new Map<string, Float32Array>(),
  ),
  /** Heat maps by the image's name, 0 to 1, and what that stands for: see `scaleHeatMaps`. Default: null, none are shown. */
  heatMaps: v.optional(
    nullable(
      passed<{ readonly maps: ReadonlyMap<string, Float32Array>; readonly scale: string }>("maps and their scale"),
    ),
    null,
  ),
  /** The width of one image on the page, in CSS pixels; default: 160. */
  size: v.optional(number({ from: 8 }), 160),
  /** How many stand side by side, from 1; default: 3. */
  columns: v.optional(wholeNumber({ from: 1 }), 3),
});

/** What a gallery of errors shows. @interface */
export type ShowWorstOptions = v.InferInput<typeof worstOptions>;

/**
 * Shows the images whose predictions were furthest from the truth, the worst first: framed in the colour of their true
 * class, with truth, probability and loss below. The pictures live in the output alone.
 *
 * @param prepared The images, as the network saw them before normalisation.
 * @throws {Problem} Where an image is not among those prepared, or there is no heat map for it.
 */
export function showWorst(
  predictions: readonly LabelledPrediction[],
  prepared: Pick<Prepared, "ids" | "labels" | "pixels" | "size" | "channels">,
  options: ShowWorstOptions = {},
): void {
  const { count, masks, heatMaps, size, columns } = checkOptions("showWorst", worstOptions, options);
  const worst = worstPredictions(predictions, count);
  const places = placesOf(
    prepared,
    worst.map(({ id }) => id),
  );
  const channel = Math.max(0, prepared.channels.indexOf("gray"));
  const images = worst.map(({ id, label, caption }, index) => {
    const shares = masks.get(id);
    const { pixels, width, height } = planeOf(prepared, places[index]!, channel);
    const color = classStyles[label === 1 ? "malignant" : "benign"].color;
    const lesion = shares === undefined ? null : maskOfShares(shares, prepared.size);
    return { id, pixels, width, height, color, lesion, caption: `${id}: ${caption}` };
  });
  if (heatMaps === null) {
    const outlined = images.map(({ pixels, width, height, color, lesion, caption }) => {
      const lines = lesion === null ? {} : { lines: { pixels: outlineOfMask(lesion).pixels, color: "#ffffff" } };
      return { pixels, width, height, color, caption, ...lines };
    });
    showImages(outlined, { size, columns });
    return;
  }
  const mapped = images.map((image) => {
    const map = heatMaps.maps.get(image.id);
    if (map !== undefined) return { ...image, map };
    throw new Problem(
      `There is no heat map of "${image.id}", one of the ${worst.length} worst predictions.`,
      "Make one of every image that worstPredictions names.",
    );
  });
  showHeatMaps(mapped, heatMaps.scale, { title: "Worst predictions", size, columns });
}
