import type { InputSize } from "../builder";
import type { Graph } from "../graph";
import { layers } from "../layer";
import { smallestSide, sparedHalvings } from "./adaptation";
import { addDenseLayers } from "./dense-layers";
import { startHandCrafted, type HandCraftedNetwork, type HandCraftedOptions } from "./network";
import { addUnit, finishWithLogits } from "./units";

/** The convolutions after the first: side of the window and channels. */
const convolutions = [
  { size: 5, filters: 192 },
  { size: 3, filters: 384 },
  { size: 3, filters: 256 },
  { size: 3, filters: 256 },
];

/**
 * Builds AlexNet in the form of one column (Krizhevsky, "One weird trick for parallelizing convolutional neural networks",
 * 2014), without its local response normalisation: five convolutions with bias, three max pools of 3×3, two dense layers
 * of 4096 with dropout 0.5 before each.
 *
 * @param size The images, from 28 pixels.
 * @param options Classes and dropout.
 * @returns The network; the first dense layer takes the last feature map as it is, 6 × 6 pixels at 224.
 * @throws {Problem} Where the images are too small, or an option is none or out of its range.
 */
export function buildAlexNet(size: InputSize, options: Partial<HandCraftedOptions> = {}): Graph {
  const start = startHandCrafted(alexNet.name, size, smallestSide, options);
  const { builder } = start;
  const plain = { bias: true, normalisation: null } as const;
  // Without padding, as published: only so are there 6 × 6 pixels at 224.
  const pool = layers.maxPool({ size: 3, stride: 2, padding: "valid" });

  const stride = 4 / 2 ** sparedHalvings(size, 5);
  let x = addUnit(builder, "features", "1", builder.input, { size: 11, filters: 64, stride, ...plain });
  x = builder.add("features/pool1", pool, x);
  convolutions.forEach((convolution, index) => {
    x = addUnit(builder, "features", `${index + 2}`, x, { ...convolution, ...plain });
    if (index === 0) x = builder.add("features/pool2", pool, x);
  });
  x = builder.add("features/pool5", pool, x);
  return finishWithLogits(start, addDenseLayers(builder, x, start.dropoutOr(0.5), "before"), 0);
}

/** AlexNet. */
export const alexNet: HandCraftedNetwork = {
  name: "AlexNet",
  year: 2012,
  source:
    "Krizhevsky, Sutskever and Hinton, ImageNet classification with deep convolutional neural networks, NIPS 2012; one column, arXiv 1404.5997",
  published: 61_100_840,
  smallest: smallestSide,
  adaptation:
    "By the shorter side: from 97 pixels as published; below, the first convolution has stride 2 instead of 4; below 49, stride 1. The first dense layer takes the last feature map as it is, 6 × 6 pixels at 224, and has more or fewer weights as it has more or fewer pixels.",
  build: buildAlexNet,
};
