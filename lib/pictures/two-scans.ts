import type { Picture } from "./picture";

/** Where two scans meet, as shares of the picture's width: near the middle. */
const [from, to] = [0.4, 0.6];
/** A column is black up to this level, 0 to 1, and shows tissue from that mean on. */
const [black, tissue] = [0.03, 0.06];
/** The least width of a black gap, as a share of the picture's. */
const leastGap = 0.008;
/**
 * What a seam is: a step between neighbouring columns of more than this level, in at least this share of the rows, this many times as large
 * as steps near it mostly are, and as any other there; and the levels beyond it differ this many times as much as levels that far apart mostly
 * do, which they do not beyond a line. The five were chosen by BUS-BRA: of its 1,875 pictures two have one, both by stripes of the device; of
 * 1,737 pairs of them side by side, 98.2 % are known.
 */
const [step, shareOfRows, timesMost, timesNext, timesBeyond] = [0.08, 0.2, 3, 1.5, 1.5];
/** Columns as near as this to the largest step belong to it. */
const near = 2;

/**
 * Says whether a picture seems to show two scans side by side, as devices show two views of a lesion: by a gap near the middle that is
 * black from top to bottom, or by a seam there, where levels change in many rows at once; with tissue on both sides.
 *
 * @param picture Gray levels from 0 to 1.
 */
export function showsTwoScans(picture: Picture): boolean {
  const { width, height, pixels } = picture;
  const [first, last] = [Math.floor(from * width), Math.ceil(to * width)];
  const meanOf = (left: number, right: number) => {
    let sum = 0;
    for (let row = 0; row < height; row++)
      for (let column = left; column < right; column++) sum += pixels[row * width + column]!;
    return sum / ((right - left) * height);
  };
  return (
    (hasGap(picture, first, last) || hasSeam(picture, first, last)) &&
    meanOf(0, first) > tissue &&
    meanOf(last, width) > tissue
  );
}

function hasGap({ width, height, pixels }: Picture, first: number, last: number): boolean {
  const isBlack = (column: number) => {
    for (let row = 0; row < height; row++) if (pixels[row * width + column]! > black) return false;
    return true;
  };
  const needed = Math.max(2, Math.round(leastGap * width));
  let run = 0;
  for (let column = first; column < last; column++) {
    run = isBlack(column) ? run + 1 : 0;
    if (run >= needed) return true;
  }
  return false;
}

function hasSeam({ width, height, pixels }: Picture, first: number, last: number): boolean {
  const columns = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
  if (columns.length <= 2 * near + 1) return false;
  const steps = columns.map((column) => meanStep(column, 1));
  const largest = Math.max(...steps);
  const at = steps.indexOf(largest);
  const next = Math.max(...steps.filter((_, index) => Math.abs(index - at) > near));
  if (largest < timesMost * medianOf(steps) || largest < timesNext * next) return false;
  const beyond = columns.map((column) => meanStep(column + near, 2 * near + 1));
  if (beyond[at]! < timesBeyond * medianOf(beyond)) return false;
  let large = 0;
  for (let pixel = columns[at]!; pixel < pixels.length; pixel += width)
    if (Math.abs(pixels[pixel]! - pixels[pixel - 1]!) > step) large++;
  return large >= shareOfRows * height;

  function meanStep(column: number, distance: number): number {
    let sum = 0;
    for (let pixel = column; pixel < pixels.length; pixel += width)
      sum += Math.abs(pixels[pixel]! - pixels[pixel - distance]!);
    return sum / height;
  }
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
