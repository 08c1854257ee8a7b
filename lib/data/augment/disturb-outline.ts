import { distanceMap } from "../../pictures/distance-map";
import type { RandomGenerator } from "../../runtime/random";
import type { AugmentationOptions } from "./augmentation";

/** How many waves an outline is moved by. */
const waveCount = 4;

/**
 * Moves the outline of a lesion as another reader, or a network, might have drawn it: outwards or inwards as a whole, and by long waves,
 * a few of them to a lesion.
 *
 * @param mask Which share of each pixel is lesion, `[size, size]` row by row, 0 to 1; it is changed. One without any outline stays.
 * @param size Rows and columns.
 */
export function disturbOutline(
  mask: Float32Array,
  size: number,
  { offset, waves }: NonNullable<AugmentationOptions["outline"]>,
  random: RandomGenerator,
): void {
  const moved = random.uniform(-offset, offset);
  const cosines = Array.from({ length: waveCount }, () => {
    const direction = random.uniform(0, 2 * Math.PI);
    // From a quarter of the image to all of it.
    const rate = (2 * Math.PI) / (size * random.uniform(0.25, 1));
    const phase = random.uniform(0, 2 * Math.PI);
    return { right: rate * Math.cos(direction), down: rate * Math.sin(direction), phase };
  });
  const inside = Uint8Array.from(mask, (share) => (share > 0.5 ? 1 : 0));
  const toInside = distanceMap({ width: size, height: size, pixels: inside });
  const toOutside = distanceMap({ width: size, height: size, pixels: inside.map((one) => 1 - one) });
  if (toInside[0] === Infinity || toOutside[0] === Infinity) return;
  // So that their sum has the standard deviation that was asked for: half of the square of its height each.
  const height = waves * Math.sqrt(2 / waveCount);
  for (let place = 0; place < mask.length; place++) {
    const [row, column] = [Math.floor(place / size), place % size];
    let depth = inside[place] === 1 ? toOutside[place]! - 0.5 : 0.5 - toInside[place]!;
    depth += moved;
    for (const { right, down, phase } of cosines) depth += height * Math.cos(right * column + down * row + phase);
    mask[place] = depth <= -0.5 ? 0 : depth >= 0.5 ? 1 : depth + 0.5;
  }
}
