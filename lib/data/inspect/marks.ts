import { brightestOf } from "../../pictures/brightest";
import type { Box, Mask, Picture } from "../../pictures/picture";
import { regionsOfMask, type Region } from "../../pictures/regions";

/** What is drawn into an image after it was taken, as far as it can be told from its pixels. */
export interface Marks {
  /** Crosses, upright or oblique, as they end the lines by which a lesion is measured. */
  readonly calipers: readonly { readonly column: number; readonly row: number }[];
  /** Lines of at least three letters or digits. */
  readonly text: readonly Box[];
}

/**
 * Finds calipers and text that are burned into an image. A network can learn from them who measured what, instead of
 * looking at the tissue.
 *
 * A caliper is a cross whose four arms are clearly brighter than what lies on both sides of them, and end. Text is a row
 * of at least three small bright shapes with hard edges, of one height, on one line. Speckle seldom has either. Found are
 * marks as scanners draw them; dotted lines, logos, and marks on tissue as bright as themselves are missed.
 */
export function findMarks(picture: Picture): Marks {
  const text = findText(picture);
  // Letters such as X, T and + have arms too.
  const inText = ({ column, row }: { column: number; row: number }) =>
    text.some((box) => overlap(box, { left: column - 4, top: row - 4, width: 9, height: 9 }));
  return { calipers: findCrosses(picture).filter((cross) => !inText(cross)), text };
}

/** Least and mean difference between a cross's arms and what lies beside them, in gray levels from 0 to 1. */
const armContrast = { least: 0.08, mean: 0.2 };

/** How far an arm is followed, and where it has ended, in pixels from the centre. */
const armReach = { upright: { from: 2, to: 4, end: 8 }, oblique: { from: 2, to: 3, end: 7 } };

function findCrosses({ width, height, pixels }: Picture): Marks["calipers"] {
  const found: { column: number; row: number }[] = [];
  const border = 8;
  const kinds = [crossOf(width, false), crossOf(width, true)];
  for (let row = border; row < height - border; row++) {
    for (let column = border; column < width - border; column++) {
      const center = row * width + column;
      if (pixels[center]! < armContrast.mean) continue;
      if (!kinds.some((cross) => isCross(pixels, center, cross))) continue;
      const near = found.some((other) => Math.abs(other.column - column) <= 5 && Math.abs(other.row - row) <= 5);
      if (!near) found.push({ column, row });
    }
  }
  return found;
}

// Where the pixels of a cross's arms lie, counted from its centre: every pixel of every image is asked whether it is one.
interface Cross {
  /** Pixels of the four arms, and for each the step to what lies beside it. */
  readonly arms: Int32Array;
  readonly besides: Int32Array;
  /** For each arm its pixels next to the centre and farthest from it, and the two behind its end. */
  readonly ends: readonly (readonly [number, number, number, number])[];
}

function crossOf(width: number, oblique: boolean): Cross {
  const { from, to, end } = oblique ? armReach.oblique : armReach.upright;
  // One step along each of two arms; the other two go the other way. Two steps beside an arm are two along the next.
  const first = oblique ? width + 1 : 1;
  const second = oblique ? width - 1 : width;
  const arms: number[] = [];
  const besides: number[] = [];
  for (let step = from; step <= to; step++) {
    arms.push(step * first, -step * first, step * second, -step * second);
    besides.push(2 * second, 2 * second, 2 * first, 2 * first);
  }
  const ends = [first, -first, second, -second].map(
    (along) => [from * along, to * along, (end - 1) * along, end * along] as const,
  );
  return { arms: Int32Array.from(arms), besides: Int32Array.from(besides), ends };
}

function isCross(pixels: Float32Array, center: number, { arms, besides, ends }: Cross): boolean {
  let sum = 0;
  for (let index = 0; index < arms.length; index++) {
    const place = center + arms[index]!;
    const beside = besides[index]!;
    const contrast = pixels[place]! - Math.max(pixels[place + beside]!, pixels[place - beside]!);
    if (contrast < armContrast.least) return false;
    sum += contrast;
  }
  if (sum / arms.length < armContrast.mean) return false;
  // A long line, such as a fascia or a frame, goes on. One arm may meet a digit that names the caliper.
  let ended = 0;
  for (const [near, far, last, beyond] of ends) {
    const level = (pixels[center + near]! + pixels[center + far]!) / 2;
    if (level - pixels[center + last]! > armContrast.mean / 2) ended++;
    else if (level - pixels[center + beyond]! > armContrast.mean / 2) ended++;
  }
  return ended >= 3;
}

/** The heights of letters, in pixels. */
const letterHeight = { least: 5, most: 26 };

/** Least difference between a letter and what lies around it, in gray levels from 0 to 1. */
const letterContrast = 0.3;

/** Where letters are looked for: pixels above these shares of the brightest. Letters of gray need a low one. */
const thresholds = [0.5, 0.65, 0.8, 0.95];

function findText(picture: Picture): Box[] {
  const lines: Box[] = [];
  const brightest = brightestOf(picture);
  for (const share of thresholds) {
    for (const line of findLines(findLetters(picture, share * brightest))) {
      if (!lines.some((other) => overlap(line, other))) lines.push(line);
    }
  }
  return lines;
}

function overlap(a: Box, b: Box): boolean {
  const across = a.left < b.left + b.width && b.left < a.left + a.width;
  return across && a.top < b.top + b.height && b.top < a.top + a.height;
}

// Letters of one height on one base line, each close to the one before it.
function findLines(letters: Box[]): Box[] {
  const ordered = [...letters].sort((a, b) => a.left - b.left);
  const taken = new Set<Box>();
  const lines: Box[] = [];
  for (const first of ordered) {
    if (taken.has(first)) continue;
    const line = [first];
    for (const next of ordered) {
      const last = line[line.length - 1]!;
      const gap = next.left - (last.left + last.width);
      if (taken.has(next) || next === last || gap < 0 || gap > 1.2 * first.height) continue;
      const sameLine = Math.abs(next.top + next.height - first.top - first.height) <= 1;
      if (sameLine && Math.abs(next.height - first.height) <= 1) line.push(next);
    }
    if (line.length < 3) continue;
    for (const box of line) taken.add(box);
    const top = Math.min(...line.map((box) => box.top));
    const bottom = Math.max(...line.map((box) => box.top + box.height));
    const end = line[line.length - 1]!;
    lines.push({ left: first.left, top, width: end.left + end.width - first.left, height: bottom - top });
  }
  return lines;
}

function findLetters({ width, height, pixels }: Picture, threshold: number): Box[] {
  const mask: Mask = { width, height, pixels: new Uint8Array(pixels.length) };
  for (let place = 0; place < pixels.length; place++) mask.pixels[place] = pixels[place]! >= threshold ? 1 : 0;
  return regionsOfMask(mask)
    .filter(({ box, area }) => {
      const fits = box.height >= letterHeight.least && box.height <= letterHeight.most && box.width <= 1.5 * box.height;
      return fits && area >= box.height && area <= 0.85 * box.width * box.height + 2;
    })
    .filter((region) => standsOut(region, pixels, width))
    .map(({ box }) => box);
}

// Bright against what lies two pixels away from it: letters have hard edges, tissue fades.
function standsOut({ places }: Region, pixels: Float32Array, width: number): boolean {
  const own = new Set(places);
  let inside = 0;
  let around = 0;
  let count = 0;
  for (const place of places) {
    inside += pixels[place]!;
    for (const step of [1, -1, width, -width]) {
      if (own.has(place + step) || own.has(place + 2 * step)) continue;
      const level = pixels[place + 2 * step];
      if (level === undefined) continue;
      around += level;
      count++;
    }
  }
  return count > 0 && inside / places.length - around / count > letterContrast;
}
