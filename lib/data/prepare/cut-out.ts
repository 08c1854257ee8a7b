import type { Box, Picture } from "../../pictures/picture";

/**
 * Cuts a box out of a picture; the box may reach beyond it.
 *
 * @param box The box, in the picture's pixels; `left` and `top` may lie below 0.
 * @param fill What lies beyond the picture: black, or the nearest pixel of the picture.
 */
export function cutOut(picture: Picture, box: Box, fill: "black" | "edge"): Picture {
  const { width, height } = box;
  const pixels = new Float32Array(width * height);
  // The columns that lie in the picture are copied row by row.
  const first = Math.min(width, Math.max(0, -box.left));
  const last = Math.max(first, Math.min(width, picture.width - box.left));
  for (let row = 0; row < height; row++) {
    const down = clamp(box.top + row, picture.height);
    if (fill === "black" && down !== box.top + row) continue;
    const start = down * picture.width;
    const target = pixels.subarray(row * width, (row + 1) * width);
    target.set(picture.pixels.subarray(start + box.left + first, start + box.left + last), first);
    if (fill === "black") continue;
    target.fill(picture.pixels[start]!, 0, first);
    target.fill(picture.pixels[start + picture.width - 1]!, last);
  }
  return { width, height, pixels };
}

const clamp = (place: number, length: number) => Math.max(0, Math.min(length - 1, place));
