/**
 * Adds up along each beam, from the skin down, how much of the way lay inside the lesion. What the lesion does to the
 * echoes behind it grows with this length. Beams are not lines: with depth the shadow's edges soften.
 *
 * @param inside How much of each pixel is lesion, 0 to 1, `[size, size]` row by row.
 * @param size Rows and columns.
 * @returns For each pixel the length inside the lesion up to it, as a share of the image's side.
 */
export function pathsInside(inside: Float32Array, size: number): Float32Array {
  const paths = new Float32Array(size * size);
  // A share of each beam moves to its neighbours at each row; the edges' width then grows with the square root of the
  // depth, to 3 per cent of the image's side over half of its depth, at any size (up to the most that is stable).
  const moved = Math.min(0.25, 0.0009 * size);
  let above = new Float32Array(size);
  let current = new Float32Array(size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [left, right] = [above[Math.max(0, column - 1)]!, above[Math.min(size - 1, column + 1)]!];
      const passed = above[column]! + moved * (left + right - 2 * above[column]!);
      const own = inside[row * size + column]! / size;
      // To the middle of the pixel.
      paths[row * size + column] = passed + own / 2;
      current[column] = passed + own;
    }
    [above, current] = [current, above];
  }
  return paths;
}

/**
 * Says how much darker the rims of a lesion make what lies behind them: beams that graze it are bent aside ("edge
 * shadows", which smooth and sharp borders cast).
 *
 * @param size Rows and columns.
 * @returns For each pixel 0, where no beam grazes, to 1.
 */
export function grazing(paths: Float32Array, size: number): Float32Array {
  const shares = new Float32Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 1; column < size - 1; column++) {
      const pixel = row * size + column;
      const slope = (Math.abs(paths[pixel + 1]! - paths[pixel - 1]!) * size) / 2;
      shares[pixel] = Math.min(1, Math.max(0, (slope - 1.5) / 3));
    }
  }
  return shares;
}
