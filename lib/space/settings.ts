import * as v from "valibot";

import { flag, oneOf, positive, share, wholeNumber } from "../runtime/option-values";

/** What networks of the spaces of ENAS take beside it. */
export const stemSettings = {
  /**
   * How it begins. `cifar`: a 3×3 convolution that keeps rows and columns, as published for images of 32 × 32.
   * `reducing`: two of stride 2 with ReLU between, for larger images: 224 × 224 becomes 56 × 56. Default: `cifar`.
   */
  stem: v.optional(oneOf(["cifar", "reducing"]), "cifar"),
};

/** What networks of all kinds take; a kind adds its own. */
export const commonSettings = {
  /** The share of the features that is dropped before the logits while training, 0 to below 1; default: 0.1. */
  dropout: v.optional(share(), 0.1),
  /** How many classes, from 2; default: 2. */
  classes: v.optional(wholeNumber({ from: 2 }), 2),
  /** Whether a number is added to each logit; default: no, as published. */
  logitsBias: v.optional(flag(), false),
  /** Added to the variance by every batch normalisation, above 0; default: 0.00001, as published. */
  normEpsilon: v.optional(positive(), 1e-5),
  /** How much of the moving mean and variance stays at each step, 0 to below 1; default: 0.9, as published. */
  normMomentum: v.optional(share(), 0.9),
};

/** What networks of all kinds take. */
export type CommonSettings = v.InferOutput<v.StrictObjectSchema<typeof commonSettings, undefined>>;

/** How a network of the spaces of ENAS begins. */
export type Stem = v.InferOutput<v.StrictObjectSchema<typeof stemSettings, undefined>>["stem"];
