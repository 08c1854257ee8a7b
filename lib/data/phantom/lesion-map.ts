import { boxOfMask } from "../../pictures/mask";
import type { Box } from "../../pictures/picture";
import { halfAxes, outlineAt, outlineDistance, type Lesion } from "./lesion";

/** Where a lesion lies in the pixels of an image. */
export interface LesionMap {
  /** The `outlineDistance` of each pixel's centre, `[size, size]` row by row. float32. */
  readonly distances: Float32Array;
  /** 1 in the lesion, 0 elsewhere, `[size, size]` row by row. Where no pixel's centre is in it, the nearest is taken. */
  readonly mask: Uint8Array;
  /** The smallest box that holds the mask. */
  readonly box: Box;
}

/** Directions in which the outline is computed; between them it is interpolated. */
const directions = 1024;

/**
 * Finds the pixels of a lesion.
 *
 * @param size Rows and columns of the image.
 */
export function mapLesion(lesion: Lesion, size: number): LesionMap {
  const [halfWidth, halfHeight] = halfAxes(lesion.features);
  const outline = Float64Array.from({ length: directions + 1 }, (_, direction) =>
    outlineAt(lesion, (direction / directions) * 2 * Math.PI - Math.PI),
  );
  const distances = new Float32Array(size * size);
  const mask = new Uint8Array(size * size);
  let nearest = 0;
  for (let row = 0, pixel = 0; row < size; row++) {
    const y = (row + 0.5) / size;
    const down = (y - lesion.center[1]) / halfHeight;
    for (let column = 0; column < size; column++, pixel++) {
      const x = (column + 0.5) / size;
      const across = (x - lesion.center[0]) / halfWidth;
      const place = (Math.atan2(down, across) / (2 * Math.PI) + 0.5) * directions;
      const before = Math.min(directions - 1, Math.floor(place));
      const radius = outline[before]! + (place - before) * (outline[before + 1]! - outline[before]!);
      let distance = Math.sqrt(across * across + down * down) / radius;
      // Where interpolating could decide on which side of the outline a pixel lies, it is not interpolated.
      if (Math.abs(distance - 1) < 0.05) distance = outlineDistance(lesion, x, y);
      distances[pixel] = distance;
      if (distance <= 1) mask[pixel] = 1;
      if (distance < distances[nearest]!) nearest = pixel;
    }
  }
  mask[nearest] = 1;
  return { distances, mask, box: boxOfMask({ width: size, height: size, pixels: mask })! };
}
