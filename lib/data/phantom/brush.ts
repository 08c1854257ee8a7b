import type { RandomGenerator } from "../../runtime/random";

/**
 * Draws a smooth random texture, the same at every size of the image.
 *
 * @param size Rows and columns of the image.
 * @param columns How many random values lie side by side: the larger, the finer across.
 * @param rows How many lie below each other.
 * @returns Values around 0 with a standard deviation of about 1, `[size, size]` row by row. float32.
 */
export function drawTexture(size: number, columns: number, rows: number, random: RandomGenerator): Float32Array {
  const stride = columns + 1;
  const lattice = Float64Array.from({ length: stride * (rows + 1) }, () => random.normal());
  const across = Array.from({ length: size }, (_, column) => betweenPoints(((column + 0.5) / size) * columns));
  const texture = new Float32Array(size * size);
  for (let row = 0, pixel = 0; row < size; row++) {
    const down = betweenPoints(((row + 0.5) / size) * rows);
    for (let column = 0; column < size; column++, pixel++) {
      const { before, share, scale } = across[column]!;
      const place = down.before * stride + before;
      const upper = lattice[place]! + share * (lattice[place + 1]! - lattice[place]!);
      const lower = lattice[place + stride]! + share * (lattice[place + stride + 1]! - lattice[place + stride]!);
      texture[pixel] = (upper + down.share * (lower - upper)) * scale * down.scale;
    }
  }
  return texture;
}

// The lattice's point before a place, how far the next one has taken over, and what keeps the variance between them.
function betweenPoints(place: number): { before: number; share: number; scale: number } {
  const before = Math.floor(place);
  const rest = place - before;
  const share = rest * rest * (3 - 2 * rest);
  return { before, share, scale: 1 / Math.sqrt(share * share + (1 - share) * (1 - share)) };
}

/** A thin bright line, such as a ligament or a fascia. All lengths are shares of the image's side. */
export interface Stroke {
  /** Its points; between them it is straight. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** The standard deviation of its profile. */
  readonly width: number;
  /** The echoes in its middle, in decibels. */
  readonly level: number;
}

/**
 * Draws a line into a map of echoes, where it is brighter than what is there.
 *
 * @param levels The map in decibels, `[size, size]` row by row; it is changed.
 * @param size Rows and columns.
 */
export function drawStroke(levels: Float32Array, size: number, { points, width, level }: Stroke): void {
  // No thinner than the pixels can show.
  const deviation = Math.max(0.6, width * size);
  const reach = Math.ceil(2 * deviation);
  // In decibels, a Gaussian profile is a parabola.
  const fall = (10 * Math.LOG10E) / (deviation * deviation);
  for (let index = 1; index < points.length; index++) {
    const [[fromX, fromY], [toX, toY]] = [points[index - 1]!, points[index]!];
    const steps = Math.ceil(2 * Math.hypot(toX - fromX, toY - fromY) * size);
    for (let step = 0; step <= steps; step++) {
      const share = steps === 0 ? 0 : step / steps;
      const x = (fromX + share * (toX - fromX)) * size - 0.5;
      const y = (fromY + share * (toY - fromY)) * size - 0.5;
      const [firstRow, lastRow] = [Math.max(0, Math.round(y) - reach), Math.min(size - 1, Math.round(y) + reach)];
      const [firstColumn, lastColumn] = [Math.max(0, Math.round(x) - reach), Math.min(size - 1, Math.round(x) + reach)];
      for (let row = firstRow; row <= lastRow; row++) {
        for (let column = firstColumn; column <= lastColumn; column++) {
          const value = level - fall * ((row - y) * (row - y) + (column - x) * (column - x));
          const pixel = row * size + column;
          if (value > levels[pixel]!) levels[pixel] = value;
        }
      }
    }
  }
}
