import { brightestOf } from "../../pictures/brightest";
import { areaOfMask, boxOfMask } from "../../pictures/mask";
import type { Mask, Picture } from "../../pictures/picture";

/** Of the levels between black and the brightest, those that are neither: soft edges apart, a mask has none. */
const [dark, bright] = [26, 230];

// Levels from 0 to the brightest, in 256 steps.
function histogramOf(picture: Picture): { readonly counts: Uint32Array; readonly brightest: number } {
  const brightest = brightestOf(picture);
  const counts = new Uint32Array(256);
  if (brightest === 0) counts[0] = picture.pixels.length;
  else for (const level of picture.pixels) counts[Math.round((level / brightest) * 255)]!++;
  return { counts, brightest };
}

function sumOf(counts: Uint32Array, from: number, to: number): number {
  let sum = 0;
  for (let level = from; level <= to; level++) sum += counts[level]!;
  return sum;
}

/** Says whether a picture shows two levels alone, as masks do: soft edges, as JPEG leaves them, count as either. */
export function hasTwoLevels(picture: Picture): boolean {
  const { counts } = histogramOf(picture);
  const between = sumOf(counts, dark, bright);
  return (
    counts[0]! > 0 && sumOf(counts, 0, dark - 1) < picture.pixels.length && between <= 0.02 * picture.pixels.length
  );
}

/** What is wrong with a mask; `what` ends the sentence that begins with its name. */
export interface MaskFault {
  readonly check: string;
  readonly what: string;
  /** Whether the mask could be right all the same. */
  readonly doubtful: boolean;
}

/**
 * Looks whether a mask can be what it is taken for: one lesion in white on black. A mask with several values, a picture, an
 * outline without its inside and a mask of everything but the lesion all give a lesion and a box, and both are wrong.
 *
 * @param picture What the mask's file holds.
 * @param mask The lesion that was read from it.
 * @returns What is wrong; nothing where it can be right, or is empty.
 */
export function findMaskFaults(picture: Picture, mask: Mask): MaskFault[] {
  const area = areaOfMask(mask);
  if (area === 0) return [];
  return [...valueFaults(picture), ...shapeFaults(mask, area)];
}

function valueFaults(picture: Picture): MaskFault[] {
  const { counts, brightest } = histogramOf(picture);
  const colored = sumOf(counts, 13, 255);
  const between = sumOf(counts, dark, bright);
  if (between === 0) return [];
  // A value of its own fills some part of what is not black; soft edges spread over all levels.
  const plateaus: number[] = [];
  for (let level = dark; level <= bright; level++) {
    const around = sumOf(counts, level - 4, level + 4);
    const peak = counts[level]! >= Math.max(...counts.subarray(level - 4, level + 5));
    if (peak && counts[level]! > 0 && around > 0.15 * colored && level - (plateaus.at(-1) ?? -9) > 4)
      plateaus.push(level);
  }
  const shown = plateaus.map((level) => String(Math.round((level / 255) * brightest * 255)));
  if (between > 0.5 * picture.pixels.length || (plateaus.length === 0 && between > 0.5 * colored)) {
    const what = "has many gray levels, expected two: it is a picture, or an outline drawn into one";
    return [{ check: "mask that is a picture", what, doubtful: false }];
  }
  if (plateaus.length === 0) return [];
  const values = `0, ${shown.join(", ")} and ${Math.round(brightest * 255)}`;
  const what = `has the values ${values}, expected two: which of them is the lesion, is not known`;
  return [{ check: "mask with several values", what, doubtful: false }];
}

function shapeFaults(mask: Mask, area: number): MaskFault[] {
  const { width, height, pixels } = mask;
  const share = area / (width * height);
  const percent = `${(100 * share).toFixed(share < 0.01 ? 3 : 0)} % of the picture`;
  const corners = [0, width - 1, (height - 1) * width, height * width - 1];
  if (share > 0.5 && corners.every((place) => pixels[place] === 1)) {
    const what = `marks ${percent} and all its corners as lesion: it is the wrong way round`;
    return [{ check: "mask that is inverted", what, doubtful: false }];
  }
  const box = boxOfMask(mask)!;
  const faults: MaskFault[] = [];
  if (box.width === width && box.height === height && share < 1) {
    const what = `marks ${percent} as lesion, which touches all four borders`;
    faults.push({ check: "lesion at all borders", what, doubtful: true });
  }
  if (share < 0.0005 && area < 30) {
    const what = `marks ${area} pixels, ${percent}, as lesion: it is hardly one`;
    faults.push({ check: "lesion of a few pixels", what, doubtful: true });
  }
  const inside = enclosedBy(mask);
  if (inside > area) {
    const what = `is an outline: ${inside} pixels lie inside of it, and ${area} in it; expected the lesion filled`;
    faults.push({ check: "mask that is an outline", what, doubtful: false });
  }
  return faults;
}

// How many pixels that are no lesion cannot be reached from the border without crossing it.
function enclosedBy({ width, height, pixels }: Mask): number {
  const reached = Uint8Array.from(pixels);
  const waiting = new Int32Array(pixels.length);
  let count = 0;
  const take = (place: number) => {
    if (reached[place] !== 0) return;
    reached[place] = 1;
    waiting[count++] = place;
  };
  for (let column = 0; column < width; column++) [column, (height - 1) * width + column].forEach(take);
  for (let row = 0; row < height; row++) [row * width, row * width + width - 1].forEach(take);
  while (count > 0) {
    const place = waiting[--count]!;
    const column = place % width;
    if (column > 0) take(place - 1);
    if (column < width - 1) take(place + 1);
    if (place >= width) take(place - width);
    if (place < (height - 1) * width) take(place + width);
  }
  return pixels.length - areaOfMask({ width, height, pixels: reached });
}
