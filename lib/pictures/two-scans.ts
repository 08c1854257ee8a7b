import type { Picture } from "./picture";

/** Where two scans meet, as shares of the picture's width: near the middle. */
const [from, to] = [0.4, 0.6];
/** A column is black up to this level, 0 to 1, and shows tissue from that mean on. */
const [black, tissue] = [0.03, 0.06];
/** The least width of a black gap, as a share of the picture's. */
const leastGap = 0.008;

/**
 * Says whether a picture seems to show two scans side by side, as devices show two views of a lesion: by a gap near the middle that is
 * black from top to bottom, with tissue on both sides.
 *
 * @param picture Gray levels from 0 to 1.
 */
export function showsTwoScans({ width, height, pixels }: Picture): boolean {
  const [first, last] = [Math.floor(from * width), Math.ceil(to * width)];
  const isBlack = (column: number) => {
    for (let row = 0; row < height; row++) if (pixels[row * width + column]! > black) return false;
    return true;
  };
  const needed = Math.max(2, Math.round(leastGap * width));
  let run = 0;
  for (let column = first; column < last; column++) {
    run = isBlack(column) ? run + 1 : 0;
    if (run >= needed) return meanOf(0, first) > tissue && meanOf(last, width) > tissue;
  }
  return false;

  function meanOf(left: number, right: number): number {
    let sum = 0;
    for (let row = 0; row < height; row++)
      for (let column = left; column < right; column++) sum += pixels[row * width + column]!;
    return sum / ((right - left) * height);
  }
}
