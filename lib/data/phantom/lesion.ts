import type { RandomGenerator } from "../../runtime/random";
import { drawFeatures, type LesionFeatures } from "./features";

export type { LesionFeatures } from "./features";

/** A lesion in an image whose sides have the length 1. */
export interface Lesion {
  /** What a radiologist would describe. The same in all views. */
  readonly features: LesionFeatures;
  /** The centre, from the left and from the top, 0 to 1. */
  readonly center: readonly [x: number, y: number];
  /** By how much the outline is turned, in radians: another view shows another side. */
  readonly turn: number;
  /** The outline's lobes: the radius is multiplied by 1 + the sum of `size` · cos(`order` · angle + `phase`). */
  readonly waves: readonly { readonly order: number; readonly size: number; readonly phase: number }[];
  /**
   * The outline's spicules: each adds to the radius `length`, as a share of it, where the angle is `angle`, and less to
   * its sides, to nothing `width` away. All angles in radians.
   */
  readonly spicules: readonly { readonly angle: number; readonly length: number; readonly width: number }[];
}

/**
 * Draws a lesion of a class.
 *
 * @param difficulty From 0, where the classes differ as `featureDistributions` says, to 1, where they do not differ.
 */
export function drawLesion(isMalignant: boolean, difficulty: number, random: RandomGenerator): Lesion {
  const features = drawFeatures(isMalignant, difficulty, random.split("features"));
  const { irregularity, spiculation } = features;
  const outline = random.split("outline");
  const raw = [2, 3, 4, 5, 6].map((order) => ({
    order,
    size: outline.normal() / order,
    phase: outline.uniform(0, 2 * Math.PI),
  }));
  // Scaled so that the outline strays by exactly what the feature says.
  const strayed = Math.sqrt(raw.reduce((sum, { size }) => sum + size ** 2 / 2, 0));
  const waves = raw.map((wave) => ({ ...wave, size: (irregularity * wave.size) / strayed }));
  const spicules = Array.from({ length: outline.integer(6, 12) }, (_, index) => ({
    angle: outline.uniform(0, 2 * Math.PI),
    length: index === 0 ? spiculation : spiculation * outline.uniform(0.4, 1),
    width: outline.uniform(0.16, 0.34),
  }));
  return viewLesion({ features, waves, spicules, center: [0.5, 0.45], turn: 0 }, random.split("place"));
}

/** Shows a lesion in another view: elsewhere in the image and with its outline turned. Its features stay. */
export function viewLesion(lesion: Lesion, random: RandomGenerator): Lesion {
  const [halfWidth, halfHeight] = halfAxes(lesion.features);
  // Within the image as far as it fits, and below the skin.
  const place = (low: number, high: number, least: number, most: number) => {
    const value = random.uniform(low, high);
    return least > most ? (least + most) / 2 : Math.min(most, Math.max(least, value));
  };
  const room = 1 + 2 * lesion.features.irregularity;
  const x = place(0.34, 0.66, halfWidth * room + 0.03, 0.97 - halfWidth * room);
  const y = place(0.34, 0.54, halfHeight * room + 0.1, 0.9 - halfHeight * room);
  return { ...lesion, center: [x, y], turn: random.uniform(0, 2 * Math.PI) };
}

/**
 * Gives the half axes of a lesion's ellipse.
 *
 * @returns Half of its width and half of its height, as shares of the image's side.
 */
export function halfAxes({
  radius,
  aspect,
}: Pick<LesionFeatures, "radius" | "aspect">): [across: number, down: number] {
  return [radius / Math.sqrt(aspect), radius * Math.sqrt(aspect)];
}

/**
 * Says how far inside the lesion a point lies.
 *
 * @param x From the left, 0 to 1.
 * @param y From the top, 0 to 1.
 * @returns The distance from the centre as a share of the outline's in that direction: 0 at the centre, 1 on the
 *   outline, above 1 outside.
 */
export function outlineDistance(lesion: Lesion, x: number, y: number): number {
  const [halfWidth, halfHeight] = halfAxes(lesion.features);
  const [across, down] = [(x - lesion.center[0]) / halfWidth, (y - lesion.center[1]) / halfHeight];
  return Math.sqrt(across * across + down * down) / outlineAt(lesion, Math.atan2(down, across));
}

/**
 * Gives the outline in a direction.
 *
 * @param angle The direction in radians, 0 to the right, π / 2 down, after the ellipse was stretched to a circle.
 * @returns The outline's distance from the centre as a share of the ellipse's, at least 0.2.
 */
export function outlineAt({ turn, waves, spicules }: Lesion, angle: number): number {
  const turned = angle - turn;
  let outline = 1;
  for (const { order, size, phase } of waves) outline += size * Math.cos(order * turned + phase);
  for (const spicule of spicules) {
    const away = Math.abs(turned - spicule.angle) % (2 * Math.PI);
    const rest = 1 - Math.min(away, 2 * Math.PI - away) / spicule.width;
    if (rest > 0) outline += spicule.length * rest * rest;
  }
  return Math.max(0.2, outline);
}
