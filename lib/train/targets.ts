import { Problem } from "../runtime/problem";

/** How much each class counts. */
export type ClassWeighting = "none" | "balanced";

/**
 * Makes the probabilities that a network is to learn.
 *
 * @param labels The class of each image, `[batch]`: 0 to classes - 1.
 * @param classes How many classes, from 2.
 * @param smoothing Label smoothing, 0 to below 1: this share of each row is spread over all classes alike (Szegedy et al.,
 *   2016).
 * @returns `[batch, classes]`, row by row; each row adds up to 1.
 */
export function targetsOf(labels: ArrayLike<number>, classes: number, smoothing: number): Float32Array {
  const targets = new Float32Array(labels.length * classes).fill(smoothing / classes);
  for (let image = 0; image < labels.length; image++) targets[image * classes + labels[image]!]! += 1 - smoothing;
  return targets;
}

/**
 * Computes how much an image of each class counts in the loss.
 *
 * @param weighting `none`: all alike; `balanced`: inversely to how many images its class has, with mean 1 over all images.
 * @param labels The classes of the training images: 0 or 1.
 * @returns The weight of class 0 and of class 1.
 * @throws {Problem} Where classes are to be balanced, and one has no image.
 */
export function classWeightsOf(weighting: ClassWeighting, labels: ArrayLike<number>): readonly [number, number] {
  if (weighting === "none") return [1, 1];
  const malignant = Array.from(labels).filter((label) => label === 1).length;
  const benign = labels.length - malignant;
  if (benign === 0 || malignant === 0) {
    throw new Problem(
      `Classes are to be balanced, but of the ${labels.length} training images ${benign} are benign and ${malignant} malignant.`,
      'Train on images of both classes, or choose classWeights: "none".',
    );
  }
  return [labels.length / (2 * benign), labels.length / (2 * malignant)];
}
