import type { RandomGenerator } from "../../runtime/random";

/**
 * The features by which radiologists tell benign from malignant masses (ACR BI-RADS Atlas, 5th edition, ultrasound:
 * shape, orientation, margin, posterior features), as numbers.
 */
export interface LesionFeatures {
  /** How far the outline strays from an ellipse, as a share of its radius, from 0. */
  readonly irregularity: number;
  /** Height by width; above 1 is "taller than wide" ("not parallel" to the skin). */
  readonly aspect: number;
  /** Width of the border between lesion and tissue, as a share of its radius, from 0. */
  readonly blur: number;
  /** Echoes behind the lesion against the tissue beside it, in decibels: enhancement above 0, shadow below. */
  readonly posterior: number;
  /** Echoes of the lesion against the tissue around it, in decibels, below 0. */
  readonly contrast: number;
}

/** A lesion in an image whose sides have the length 1. */
export interface Lesion {
  /** What a radiologist would describe. */
  readonly features: LesionFeatures;
  /** The centre, from the left and from the top, 0 to 1. */
  readonly center: readonly [x: number, y: number];
  /** Half of the geometric mean of height and width. */
  readonly radius: number;
  /** The outline's waves: the radius is multiplied by 1 + the sum of `size` · cos(`order` · angle + `phase`). */
  readonly waves: readonly { readonly order: number; readonly size: number; readonly phase: number }[];
}

/** Mean and standard deviation of each feature in a class; the classes overlap, as in patients. */
const benign = { irregularity: [0.05, 0.03], aspect: [0.62, 0.12], blur: [0.06, 0.04], posterior: [3, 3], contrast: [-12, 3] } as const;
const malignant = { irregularity: [0.15, 0.06], aspect: [0.95, 0.2], blur: [0.18, 0.08], posterior: [-5, 4], contrast: [-14, 3] } as const;

/**
 * Draws a lesion of a class.
 *
 * @param isMalignant Its class.
 * @param difficulty From 0, where the classes differ as stated above, to 1, where they do not differ at all.
 * @param random The source of chance.
 * @returns The lesion.
 */
export function drawLesion(isMalignant: boolean, difficulty: number, random: RandomGenerator): Lesion {
  const [own, other] = isMalignant ? [malignant, benign] : [benign, malignant];
  const feature = (name: keyof LesionFeatures, low: number, high: number) => {
    const [mean, deviation] = own[name];
    // Both means move to their middle.
    const moved = mean + 0.5 * difficulty * (other[name][0] - mean);
    return Math.min(high, Math.max(low, random.normal(moved, deviation)));
  };
  const features: LesionFeatures = {
    irregularity: feature("irregularity", 0, 0.35),
    aspect: feature("aspect", 0.35, 1.6),
    blur: feature("blur", 0.02, 0.5),
    posterior: feature("posterior", -18, 12),
    contrast: feature("contrast", -22, -5),
  };
  // Many small waves make spicules, few large ones lobes: an outline has both.
  const waves = [2, 3, 4, 5, 7, 9, 11].map((order) => ({
    order,
    size: (features.irregularity * random.normal(0, 1)) / Math.sqrt(order),
    phase: random.uniform(0, 2 * Math.PI),
  }));
  return { features, center: [random.uniform(0.4, 0.6), random.uniform(0.36, 0.5)], radius: random.uniform(0.13, 0.22), waves };
}

/**
 * Says how far inside the lesion a point lies.
 *
 * @param lesion The lesion.
 * @param x From the left, 0 to 1.
 * @param y From the top, 0 to 1.
 * @returns The distance from the centre as a share of the outline's in that direction: 0 at the centre, 1 on the
 *   outline, above 1 outside.
 */
export function outlineDistance({ features, center, radius, waves }: Lesion, x: number, y: number): number {
  const stretch = Math.sqrt(features.aspect);
  const [across, down] = [((x - center[0]) / radius) * stretch, (y - center[1]) / radius / stretch];
  const angle = Math.atan2(down, across);
  const outline = waves.reduce((sum, { order, size, phase }) => sum + size * Math.cos(order * angle + phase), 1);
  return Math.hypot(across, down) / Math.max(0.2, outline);
}
