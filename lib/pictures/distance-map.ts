import type { Mask } from "./picture";

/**
 * Computes how far each pixel is from the nearest of a mask, from centre to centre: exact, in time that grows with the pixels alone
 * (Felzenszwalb and Huttenlocher, "Distance transforms of sampled functions", Theory of Computing 8:415-428, 2012).
 *
 * @returns Distances in pixels, `[height, width]` row by row; Infinity everywhere where the mask is empty.
 */
export function distanceMap({ width, height, pixels }: Mask): Float64Array {
  const squares = Float64Array.from(pixels, (pixel) => (pixel === 0 ? Infinity : 0));
  const along = (count: number, start: number, step: number) => {
    const line = Float64Array.from({ length: count }, (_, place) => squares[start + place * step]!);
    lowerEnvelope(line).forEach((value, place) => (squares[start + place * step] = value));
  };
  for (let column = 0; column < width; column++) along(height, column, width);
  for (let row = 0; row < height; row++) along(width, row * width, 1);
  return squares.map(Math.sqrt);
}

// Of each place the least of (place - other)² + line[other]: the lowest of parabolas, which are kept with where each begins to be it.
function lowerEnvelope(line: Float64Array): Float64Array {
  const [vertices, begins]: [number[], number[]] = [[], []];
  line.forEach((value, place) => {
    if (value === Infinity) return;
    let begin = -Infinity;
    while (vertices.length > 0) {
      const last = vertices.at(-1)!;
      begin = (value + place ** 2 - (line[last]! + last ** 2)) / (2 * (place - last));
      if (begin > begins.at(-1)!) break;
      vertices.pop();
      begins.pop();
    }
    begins.push(vertices.length === 0 ? -Infinity : begin);
    vertices.push(place);
  });
  if (vertices.length === 0) return line;
  let own = 0;
  return line.map((_, place) => {
    while (own + 1 < vertices.length && begins[own + 1]! < place) own += 1;
    return (place - vertices[own]!) ** 2 + line[vertices[own]!]!;
  });
}
