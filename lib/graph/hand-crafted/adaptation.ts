import type { InputSize } from "../builder";

/** The smallest side, in pixels, that the networks made for 224 pixels take here: that of BreastMNIST. */
export const smallestSide = 28;

/** The least that the last feature map should have on its shorter side, in pixels; at 224 most networks have 7 there. */
const smallestMap = 4;

/**
 * Counts the halvings at the beginning of a network that small images go without, as ResNet and others are adapted to
 * CIFAR-10 (32 pixels): a stride is 1 instead of 2, a pool is left out. Weights keep their shapes.
 *
 * @param size The images.
 * @param halvings How often the network halves rows and columns as it was published: 5 times from 224 to 7 pixels.
 * @returns The fewest that leave 4 pixels to the shorter side of the last feature map: of 5 none from 97 pixels, 1 from
 *   49, 2 from 25.
 */
export function sparedHalvings(size: InputSize, halvings: number): number {
  const side = Math.min(size.height, size.width);
  let spared = 0;
  while (spared < halvings && Math.ceil(side / 2 ** (halvings - spared)) < smallestMap) spared++;
  return spared;
}

/**
 * Says how a network of five halvings is adapted.
 *
 * @param first What changes below 97 pixels: "the stem has stride 1".
 * @param second What changes below 49 pixels as well: "the pool is left out, too".
 * @returns The sentences.
 */
export function sayAdaptation(first: string, second: string): string {
  return `By the shorter side: from 97 pixels as published; below, ${first}; below 49, ${second}. So the last feature map has at least 4 × 4 pixels. The parameters stay.`;
}
