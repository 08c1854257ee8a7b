import { viridis } from "./viridis";

/** How much of a pixel is colour where a map is 1; the rest is the image. */
export const fullOpacity = 0.75;

/**
 * Lays the colour of a heat map over a pixel: the larger the value, the more of it is colour, so that the image shows where the map says
 * nothing, unchanged.
 *
 * @param gray The pixel, 0 (black) to 255 (white).
 * @param value The map's value, 0 to 1; what lies beyond counts as the nearest of the two.
 * @param opacity How much is colour at 1, 0 to 1; default: {@link fullOpacity}.
 * @returns Red, green and blue, 0 to 255, not rounded; at 0 all three are the pixel.
 */
export function heatColor(
  gray: number,
  value: number,
  opacity = fullOpacity,
): readonly [red: number, green: number, blue: number] {
  const alpha = opacity * Math.min(1, Math.max(0, value));
  const [red, green, blue] = viridis(value);
  return [(1 - alpha) * gray + alpha * red, (1 - alpha) * gray + alpha * green, (1 - alpha) * gray + alpha * blue];
}
