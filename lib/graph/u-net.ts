import * as v from "valibot";

import { share, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { startGraph, type GraphBuilder, type InputSize, type Value } from "./builder";
import type { Graph } from "./graph";
import { addUnit } from "./hand-crafted/units";
import { layers } from "./layer";

/** The schema of {@link UNetOptions}. */
export const uNetSchema = v.strictObject({
  /** Channels of the first stage, from 1; each further stage has twice as many. Default: 16. */
  channels: v.optional(wholeNumber({ from: 1, to: 1024 }), 16),
  /** Stages, from 2; between two of them rows and columns are halved. Default: 5. */
  stages: v.optional(wholeNumber({ from: 2, to: 8 }), 5),
  /** Convolutions of 3 × 3 of each stage on the way down, from 1; default: 2. */
  down: v.optional(wholeNumber({ from: 1, to: 8 }), 2),
  /** Convolutions of 3 × 3 of each stage on the way up, from 1; default: 1. */
  up: v.optional(wholeNumber({ from: 1, to: 8 }), 1),
  /** The share of numbers of the last stage that is set to zero while training, 0 to below 1; default: 0. */
  dropout: v.optional(share(), 0),
});

/**
 * How large a U-Net is.
 *
 * @interface
 */
export type UNetOptions = v.InferOutput<typeof uNetSchema>;

/**
 * Builds a U-Net: stages that see ever more of the image at ever fewer places, and stages back that are given what those on the way
 * down saw at their size (Ronneberger, Fischer and Brox, "U-Net: convolutional networks for biomedical image segmentation",
 * MICCAI 2015). As published it has 64 channels and two convolutions in each stage. What differs: borders are padded, so that the
 * result is as large as the image; each convolution is normalised; and on the way up channels are halved by a convolution of 1 × 1
 * before the image grows, each pixel to four, in place of a transposed convolution, which makes patterns of its own.
 *
 * @param size The images; rows and columns are multiples of 2 to the number of stages less one.
 * @param options How large it is.
 * @returns The network; of each pixel the logit of being lesion, `[height, width, 1]`.
 * @throws {Problem} Where images do not fit, or an option is none or out of its range.
 */
export function buildUNet(size: InputSize, options: Partial<UNetOptions> = {}): Graph {
  const { channels, stages, down, up, dropout } = checkOptions("U-Net", uNetSchema, options);
  const multiple = 2 ** (stages - 1);
  if (size.height % multiple !== 0 || size.width % multiple !== 0) {
    throw new Problem(
      `A U-Net of ${stages} stages was given images of ${size.height} × ${size.width} pixels, expected multiples of ${multiple}.`,
      "Prepare images of such a size, or choose fewer stages.",
    );
  }
  const builder = startGraph("U-Net", size);
  const skips: Value[] = [];
  let x = builder.input;
  for (let stage = 1; stage <= stages; stage++) {
    if (stage > 1) x = builder.add(`down${stage}/pool`, layers.maxPool({ size: 2 }), x);
    x = addConvolutions(builder, `down${stage}`, x, channels * 2 ** (stage - 1), down);
    skips.push(x);
  }
  if (dropout > 0) x = builder.add(`down${stages}/dropout`, layers.dropout({ rate: dropout }), x);
  for (let stage = stages - 1; stage >= 1; stage--) {
    const filters = channels * 2 ** (stage - 1);
    const narrow = addUnit(builder, `up${stage}`, "-narrow", x, { size: 1, filters });
    const large = builder.add(`up${stage}/upsample`, layers.upsample(), narrow);
    const both = builder.add(`up${stage}/both`, layers.concatenate(), skips[stage - 1]!, large);
    x = addConvolutions(builder, `up${stage}`, both, filters, up);
  }
  return builder.finish(builder.add("head/logits", layers.convolution({ size: 1, filters: 1, bias: true }), x));
}

function addConvolutions(builder: GraphBuilder, place: string, input: Value, filters: number, count: number): Value {
  let x = input;
  for (let number = 1; number <= count; number++) x = addUnit(builder, place, String(number), x, { size: 3, filters });
  return x;
}
