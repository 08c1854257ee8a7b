import type { InputSize } from "../builder";
import type { Graph } from "../graph";
import { layers } from "../layer";
import { smallestSide } from "./adaptation";
import { addDenseLayers } from "./dense-layers";
import { startHandCrafted, type HandCraftedNetwork, type HandCraftedOptions } from "./network";
import { addUnit, finishWithLogits } from "./units";

/** Layers with weights, convolutions and dense ones together. */
export type VggDepth = 11 | 16 | 19;

/** Channels of the five stages. */
const channels = [64, 128, 256, 512, 512];

/** Convolutions of the five stages: configurations A, D and E of the paper's table 1. */
const convolutions = { 11: [1, 1, 2, 2, 2], 16: [2, 2, 3, 3, 3], 19: [2, 2, 4, 4, 4] } as const;

/** Trainable parameters at 224 × 224 × 3 and 1000 classes: torchvision's vgg11_bn, vgg16_bn, vgg19_bn. */
const published = { 11: 132_868_840, 16: 138_365_992, 19: 143_678_248 } as const;

/**
 * Builds a VGG with batch normalisation: five stages of 3×3 convolutions with bias, a 2×2 max pool after each, two dense
 * layers of 4096 with dropout 0.5 after each.
 *
 * @param depth Which.
 * @param size The images, from 28 pixels.
 * @param options Classes and dropout.
 * @returns The network; the first dense layer takes the last feature map as it is, 7 × 7 pixels at 224.
 * @throws {Problem} Where the images are too small, or an option is none or out of its range.
 */
export function buildVgg(depth: VggDepth, size: InputSize, options: Partial<HandCraftedOptions> = {}): Graph {
  const start = startHandCrafted(`VGG-${depth}`, size, smallestSide, options);
  const { builder } = start;
  let x = builder.input;
  convolutions[depth].forEach((count, index) => {
    const place = `stage${index + 1}`;
    for (let number = 1; number <= count; number++)
      x = addUnit(builder, place, `${number}`, x, { size: 3, filters: channels[index]!, bias: true });
    x = builder.add(`${place}/pool`, layers.maxPool({ size: 2 }), x);
  });
  return finishWithLogits(start, addDenseLayers(builder, x, start.dropoutOr(0.5), "after"), 0);
}

/** The VGGs. */
export const vggs: readonly HandCraftedNetwork[] = ([11, 16, 19] as const).map((depth) => ({
  name: `VGG-${depth}`,
  year: 2014,
  source:
    "Simonyan and Zisserman, Very deep convolutional networks for large-scale image recognition, ICLR 2015, arXiv 1409.1556; with batch normalisation",
  published: published[depth],
  smallest: smallestSide,
  adaptation:
    "All five pools at every size. The first dense layer takes the last feature map as it is, 7 × 7 pixels at 224 and 1 × 1 up to 32, and has more or fewer weights as it has more or fewer pixels.",
  build: (size, options) => buildVgg(depth, size, options),
}));
