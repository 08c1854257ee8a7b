import type { RandomGenerator } from "../../runtime/random";
import { drawTruncatedNormal, logDensityOf, type TruncatedNormal } from "./truncated-normal";

/**
 * The features by which radiologists tell benign from malignant masses, as numbers: shape, orientation, margin, echo
 * pattern and posterior features of the ACR BI-RADS Atlas (5th edition, 2013, ultrasound), and the size.
 */
export interface LesionFeatures {
  /** Half of the geometric mean of height and width, as a share of the image's side. */
  readonly radius: number;
  /** Height by width; above 1 is "taller than wide" ("not parallel" to the skin). */
  readonly aspect: number;
  /** How far the outline's lobes stray from an ellipse (root mean square), as a share of its radius, from 0. */
  readonly irregularity: number;
  /** Length of the longest spicule as a share of the radius, from 0. */
  readonly spiculation: number;
  /** Width of the border between lesion and tissue, as a share of the radius, above 0: 10 to 90 per cent of the step. */
  readonly blur: number;
  /** Echoes of the rim around the lesion against the tissue, in decibels, from 0: an "echogenic halo". */
  readonly halo: number;
  /** Echoes of the lesion against glandular tissue, in decibels, below 0. */
  readonly contrast: number;
  /** Standard deviation of the echoes within the lesion, in decibels, without speckle: 0 is homogeneous. */
  readonly texture: number;
  /** What the lesion's whole height does to the echoes behind it at 10 MHz, in decibels: enhancement above 0, shadow below. */
  readonly posterior: number;
}

/** The names of the features. */
export const featureNames = [
  "radius",
  "aspect",
  "irregularity",
  "spiculation",
  "blur",
  "halo",
  "contrast",
  "texture",
  "posterior",
] as const satisfies readonly (keyof LesionFeatures)[];

/** The distribution of each feature. Features are independent of each other within a class. */
export type FeatureDistributions = Readonly<Record<keyof LesionFeatures, TruncatedNormal>>;

/**
 * For each feature the range, and mean and standard deviation in each class at difficulty 0. The classes overlap, as in
 * patients. The radii give median areas of some 7 and 15 per cent of the image.
 */
const stated: Readonly<Record<keyof LesionFeatures, { range: Pair; benign: Pair; malignant: Pair }>> = {
  radius: { range: [0.08, 0.3], benign: [0.145, 0.045], malignant: [0.21, 0.05] },
  aspect: { range: [0.45, 1.5], benign: [0.65, 0.14], malignant: [0.88, 0.21] },
  irregularity: { range: [0, 0.3], benign: [0.05, 0.03], malignant: [0.1, 0.045] },
  spiculation: { range: [0, 0.7], benign: [0.06, 0.1], malignant: [0.2, 0.17] },
  blur: { range: [0.03, 0.6], benign: [0.1, 0.07], malignant: [0.19, 0.11] },
  halo: { range: [0, 9], benign: [1, 1.5], malignant: [2.5, 2.2] },
  contrast: { range: [-26, -9], benign: [-16, 3.5], malignant: [-18, 3.5] },
  texture: { range: [0, 6], benign: [1.5, 1], malignant: [2.2, 1.2] },
  posterior: { range: [-28, 11], benign: [2.5, 4.5], malignant: [-6, 6.5] },
};
type Pair = readonly [number, number];

/**
 * States how the features of a class are distributed.
 *
 * The difficulty moves mean and deviation of both classes to their middle. The share of their distance that is left is
 * 1 - difficulty^1.25, so that the best possible accuracy falls evenly.
 *
 * @param difficulty From 0, where the classes differ as stated, to 1, where they do not differ at all.
 */
export function featureDistributions(isMalignant: boolean, difficulty: number): FeatureDistributions {
  const moved = 0.5 * difficulty ** 1.25;
  return mapFeatures((name) => {
    const { range, benign, malignant } = stated[name];
    const [own, other] = isMalignant ? [malignant, benign] : [benign, malignant];
    const [mean, deviation] = own.map((value, index) => (1 - moved) * value + moved * other[index]!) as [
      number,
      number,
    ];
    return { mean, deviation, low: range[0], high: range[1] };
  });
}

/**
 * Draws the features of a lesion.
 *
 * @param difficulty From 0, where the classes differ as stated, to 1, where they do not differ at all.
 */
export function drawFeatures(isMalignant: boolean, difficulty: number, random: RandomGenerator): LesionFeatures {
  const distributions = featureDistributions(isMalignant, difficulty);
  return mapFeatures((name) => drawTruncatedNormal(distributions[name], random));
}

/**
 * Prepares the log-likelihood ratio of the two classes, which holds all that the features say about the class (Neyman and
 * Pearson).
 *
 * @param difficulty From 0 to 1, as for {@link drawFeatures}.
 * @returns A function of the features: natural logarithm of their density among malignant lesions by that among benign
 *   ones; above 0 where malignant is more likely.
 */
export function likelihoodRatioOf(difficulty: number): (features: LesionFeatures) => number {
  const [benign, malignant] = [false, true].map((isMalignant) => {
    const distributions = featureDistributions(isMalignant, difficulty);
    return featureNames.map((name) => logDensityOf(distributions[name]));
  }) as [((value: number) => number)[], ((value: number) => number)[]];
  return (features) =>
    featureNames.reduce(
      (sum, name, index) => sum + malignant[index]!(features[name]) - benign[index]!(features[name]),
      0,
    );
}

function mapFeatures<Value>(make: (name: keyof LesionFeatures) => Value): Record<keyof LesionFeatures, Value> {
  return Object.fromEntries(featureNames.map((name) => [name, make(name)])) as Record<keyof LesionFeatures, Value>;
}
