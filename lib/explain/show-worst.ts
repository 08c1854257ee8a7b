import * as v from "valibot";

import type { Prepared } from "../data/prepare/prepared";
import { placesOf } from "../data/prepare/prepared";
import { planeOf } from "../data/prepare/show-prepared";
import { classStyles } from "../display/colors";
import { showImages } from "../display/images";
import { outlineOfMask } from "../pictures/mask";
import { number, passed, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { maskOfShares } from "./lesion-masks";
import { worstPredictions, type LabelledPrediction } from "./worst-predictions";

const worstOptions = v.strictObject({
  /** How many, from 1; default: 9. */
  count: v.optional(wholeNumber({ from: 1 }), 9),
  /** The lesion's share of each pixel by the image's name, whose outline is drawn: see `lesionMasks`. Default: none. */
  masks: v.optional(
    passed<ReadonlyMap<string, Float32Array>>("a Map", (given) => given instanceof Map),
    () => new Map<string, Float32Array>(),
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
 * @throws {Problem} Where an image is not among those prepared.
 */
export function showWorst(
  predictions: readonly LabelledPrediction[],
  prepared: Pick<Prepared, "ids" | "labels" | "pixels" | "size" | "channels">,
  options: ShowWorstOptions = {},
): void {
  const { count, masks, size, columns } = checkOptions("showWorst", worstOptions, options);
  const worst = worstPredictions(predictions, count);
  const places = placesOf(
    prepared,
    worst.map(({ id }) => id),
  );
  const channel = Math.max(0, prepared.channels.indexOf("gray"));
  const outlined = worst.map(({ id, label, caption }, index) => {
    const shares = masks.get(id);
    const { pixels, width, height } = planeOf(prepared, places[index]!, channel);
    const color = classStyles[label === 1 ? "malignant" : "benign"].color;
    const outline = shares === undefined ? null : outlineOfMask(maskOfShares(shares, prepared.size)).pixels;
    const lines = outline === null ? {} : { lines: { pixels: outline, color: "#ffffff" } };
    return { pixels, width, height, color, caption: `${id}: ${caption}`, ...lines };
  });
  showImages(outlined, { size, columns });
}
