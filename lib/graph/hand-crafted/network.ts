import * as v from "valibot";

/**
 * What the hand-crafted networks have in common: their options, how a registry knows them, and how they start.
 *
 * They are defined as in torchvision, and have its numbers of parameters. One thing differs: windows are padded as
 * TensorFlow's `same` does it, where torchvision pads alike on all sides, or not at all in SqueezeNet. No weight depends on
 * that, and at 224 pixels only two sizes: AlexNet's first map has 56 pixels instead of 55, SqueezeNet's last 14 instead of
 * 13. Normalisations have torchvision's epsilon of 0.00001 and momentum of 0.9 unless others are stated.
 *
 * @module
 */
import { nullable, share, wholeNumber } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { Problem } from "../../runtime/problem";
import { startGraph, type GraphBuilder, type InputSize } from "../builder";
import type { Graph } from "../graph";

const handCraftedOptions = v.strictObject({
  /** Logits that it gives, from 2; default: 2, benign and malignant. */
  classes: v.optional(wholeNumber({ from: 2 }), 2),
  /**
   * The share of numbers set to zero before the logits, in AlexNet and the VGGs before two dense layers, while training; 0
   * to below 1. Default: null, what the paper has.
   */
  dropout: v.optional(nullable(share()), null),
});

/**
 * What can be chosen of every hand-crafted network.
 *
 * @interface
 */
export type HandCraftedOptions = v.InferOutput<typeof handCraftedOptions>;

/** A hand-crafted network, as a list of them holds it. */
export interface HandCraftedNetwork {
  /** What it is called: "ResNet-18". */
  readonly name: string;
  /** The year of the paper; null where there is none. */
  readonly year: number | null;
  /** Who published it where, or what it is. */
  readonly source: string;
  /** Trainable parameters for images of 224 × 224 × 3 and 1000 classes, as published; null where nobody did. */
  readonly published: number | null;
  /** The smallest side of an image that it takes, in pixels. */
  readonly smallest: number;
  /** What changes for images smaller than those that it was made for, in words. */
  readonly adaptation: string;
  /**
   * Builds it for images of a size, which need not be square, with classes and dropout as chosen. Throws a Problem where the
   * images are too small, or an option is none or out of its range.
   */
  readonly build: (size: InputSize, options?: Partial<HandCraftedOptions>) => Graph;
}

/** A hand-crafted network at its beginning. */
export interface Start {
  readonly builder: GraphBuilder;
  /** Logits that it gives. */
  readonly classes: number;
  /** Says how much dropout there is: what the paper has, which it is given, or what was chosen instead. */
  readonly dropoutOr: (published: number) => number;
}

/**
 * Starts a hand-crafted network.
 *
 * @param name What it is called.
 * @param size The images that it takes.
 * @param smallest The smallest side that it can take, in pixels.
 * @param given The options that were given.
 * @returns Its builder and its options.
 * @throws {Problem} Where the images are too small, or an option is none or out of its range.
 */
export function startHandCrafted(
  name: string,
  size: InputSize,
  smallest: number,
  given: Partial<HandCraftedOptions>,
): Start {
  const { classes, dropout } = checkOptions(name, handCraftedOptions, given);
  const builder = startGraph(name, size);
  if (Math.min(size.height, size.width) < smallest)
    throw new Problem(
      `${name} was given images of ${size.height} × ${size.width} pixels, expected at least ${smallest} × ${smallest}.`,
      "Prepare the images larger, or choose a network that takes smaller ones.",
    );
  return { builder, classes, dropoutOr: (published) => dropout ?? published };
}
