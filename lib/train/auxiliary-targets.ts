import * as v from "valibot";

import type { Prepared } from "../data/prepare/prepared";
import { number } from "../runtime/option-values";
import { Problem } from "../runtime/problem";
import { logistic } from "../statistics/logistic";
import type { HeadedGraph } from "./target-heads";

/** The weights of what a network tells beside the class while it learns. */
export const targetsSchema = v.strictObject({
  /** The weight of the loss of the lesion's outline, from 0, 0 for none; default: 0. Images need masks. */
  outline: v.optional(number({ from: 0 }), 0),
  /** The weight of the loss of the BI-RADS category, from 0; images without one do not count in it. Default: 0. */
  birads: v.optional(number({ from: 0 }), 0),
  /** The same of the histology. Default: 0. */
  histology: v.optional(number({ from: 0 }), 0),
});

/** How much it counts what a network tells beside the class. @interface */
export type TargetWeights = v.InferOutput<typeof targetsSchema>;

/** What is known of training images beside their class. */
export interface TargetImages {
  /** The same images with the lesion's mask as one more plane, the last; null where no outline is told. */
  readonly outlines: Pick<Prepared, "ids" | "labels" | "pixels" | "size" | "channels" | "hash"> | null;
  /** The BI-RADS category of each image that has one. */
  readonly birads: ReadonlyMap<string, string>;
  /** The histology of each image that has one. */
  readonly histology: ReadonlyMap<string, string>;
}

/** What a network is to tell, and of which images. */
export interface Targets {
  readonly weights: TargetWeights;
  /** The place of each image's category in the list of all; images without one are not there. */
  readonly birads: { readonly count: number; readonly of: ReadonlyMap<string, number> };
  readonly histology: Targets["birads"];
}

/** Says whether anything is told beside the class. */
export function hasTargets(weights: TargetWeights | undefined): weights is TargetWeights {
  return weights !== undefined && weights.outline + weights.birads + weights.histology > 0;
}

/**
 * Puts together what a network is to tell of its training images. Categories are those of the images that it learns from.
 *
 * @param mixup The parameter of mixup, 0 for none: of a mixture no category is known.
 * @throws {Problem} Where what is to be told is not known of the images, or cannot be of mixtures.
 */
export function makeTargets(
  weights: TargetWeights,
  images: TargetImages | undefined,
  train: readonly string[],
  mixup: number,
): Targets {
  const lacking = (what: string, option: string) =>
    new Problem(
      `Training has targets.${option}: ${weights[option as keyof TargetWeights]}, but ${what}.`,
      `Set targets.${option} to 0, or take a set that records it.`,
    );
  if (weights.outline > 0 && (images?.outlines ?? null) === null)
    throw lacking("nothing says where the lesions of the images are", "outline");
  const categoriesOf = (option: "birads" | "histology"): Targets["birads"] => {
    if (weights[option] === 0) return { count: 0, of: new Map() };
    if (mixup > 0) {
      throw new Problem(
        `Training has targets.${option} and mixup: ${mixup}: of a mixture of images no category is known.`,
        `Give mixup: 0, or targets.${option}: 0.`,
      );
    }
    const known = images?.[option] ?? new Map<string, string>();
    const all = [...new Set(train.flatMap((id) => known.get(id) ?? []))].sort();
    if (all.length < 2) {
      throw lacking(
        all.length === 0 ? "the set does not record it" : `all training images that have one have "${all[0]!}"`,
        option,
      );
    }
    const of = train.flatMap((id): [string, number][] => {
      const own = known.get(id);
      return own === undefined ? [] : [[id, all.indexOf(own)]];
    });
    return { count: all.length, of: new Map(of) };
  };
  return { weights, birads: categoriesOf("birads"), histology: categoriesOf("histology") };
}

/** A batch, as the heads are to tell it. */
export interface TargetBatch {
  readonly ids: readonly string[];
  /** The share of lesion of each pixel, `[batch, size, size]`, row by row; null where no outline is told. */
  readonly masks: Float32Array | null;
  /** The probability of each class, `[batch, 2]`, for the network's own auxiliary head. */
  readonly classes: Float32Array;
}

/**
 * Computes the loss of all heads, and its gradient: binary cross entropy of the share of lesion at each place of the outline, and softmax
 * cross entropy of categories, each a mean over the images of the batch, times its weight.
 *
 * @param logits Those of the auxiliary output, `[batch, all]`, row by row.
 * @param ownWeight The weight of the network's own auxiliary head.
 */
export function lossOfTargets(
  logits: Float32Array,
  headed: Omit<HeadedGraph, "graph">,
  targets: Targets,
  batch: TargetBatch,
  ownWeight: number,
): { readonly loss: number; readonly gradient: Float32Array } {
  const count = batch.ids.length;
  const width = logits.length / count;
  const gradient = new Float32Array(logits.length);
  let loss = 0;
  const cells = headed.outline === null ? null : poolMasks(batch.masks!, count, headed.outline);
  const softmaxAt = (start: number, length: number, weight: number, probability: (place: number) => number) => {
    const own = logits.subarray(start, start + length);
    const most = Math.max(...own);
    const total = own.reduce((sum, logit) => sum + Math.exp(logit - most), 0);
    for (let place = 0; place < length; place++) {
      const logarithm = own[place]! - most - Math.log(total);
      loss -= (weight * probability(place) * logarithm) / count;
      gradient[start + place] = (weight * (Math.exp(logarithm) - probability(place))) / count;
    }
  };
  for (let image = 0; image < count; image++) {
    let start = image * width;
    if (headed.own > 0) softmaxAt(start, headed.own, ownWeight, (place) => batch.classes[2 * image + place]!);
    start += headed.own;
    if (cells !== null) {
      const length = cells.length / count;
      const weight = targets.weights.outline / (count * length);
      for (let cell = 0; cell < length; cell++) {
        const [logit, share] = [logits[start + cell]!, cells[image * length + cell]!];
        // log(1 + e^z) - share · z without overflow.
        loss += weight * (Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - share * logit);
        gradient[start + cell] = weight * (logistic(logit) - share);
      }
      start += length;
    }
    for (const option of ["birads", "histology"] as const) {
      const place = targets[option].of.get(batch.ids[image]!);
      if (place !== undefined)
        softmaxAt(start, headed[option], targets.weights[option], (other) => (other === place ? 1 : 0));
      start += headed[option];
    }
  }
  return { loss, gradient };
}

// The mean share of lesion in each cell of a coarser grid; cells are as equal as whole pixels allow.
function poolMasks(masks: Float32Array, count: number, [rows, columns]: readonly [number, number]): Float32Array {
  const side = Math.round(Math.sqrt(masks.length / count));
  const pooled = new Float32Array(count * rows * columns);
  const bounds = (index: number, parts: number) =>
    [Math.floor((index * side) / parts), Math.ceil(((index + 1) * side) / parts)] as const;
  for (let image = 0; image < count; image++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const [[top, bottom], [left, right]] = [bounds(row, rows), bounds(column, columns)];
        let sum = 0;
        for (let y = top; y < bottom; y++)
          for (let x = left; x < right; x++) sum += masks[image * side * side + y * side + x]!;
        pooled[(image * rows + row) * columns + column] = sum / ((bottom - top) * (right - left));
      }
  return pooled;
}
