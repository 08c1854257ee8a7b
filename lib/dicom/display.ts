import type { DataSet } from "dicom-parser";

import type { Picture } from "../pictures/picture";
import { Problem } from "../runtime/problem";
import type { PixelHeader } from "./header";
import type { StoredFrame } from "./read-frame";

/** How stored samples become gray levels from 0 to 1. */
export interface Display {
  /** From samples to the unit of the window: value · slope + intercept. */
  readonly slope: number;
  readonly intercept: number;
  /** The values that are shown as black and white, and how those between them are shown. */
  readonly window: { readonly center: number; readonly width: number; readonly shape: WindowShape } | null;
  /** The range of samples where there is no window: what the stored bits can hold. */
  readonly range: readonly [least: number, most: number];
  /** Whether the lowest sample is white. */
  readonly inverted: boolean;
}

/** The functions of a window (PS3.3, C.11.2.1). */
type WindowShape = "LINEAR" | "LINEAR_EXACT" | "SIGMOID";

/**
 * Reads how a file is meant to be shown: rescaling, then the first window, then inversion.
 *
 * @throws {Problem} Where it has a table in their place, or numbers that cannot be.
 */
export function readDisplay(dataSet: DataSet, header: PixelHeader, name: string): Display {
  const refuse = (what: string): never => {
    throw new Problem(`${name} ${what}.`, "Export it again as it is shown, or leave it out.");
  };
  const number = (tag: string) => {
    const text = dataSet.string(tag, 0)?.trim();
    if (text === undefined || text === "") return undefined;
    const value = Number(text);
    return Number.isFinite(value) && Math.abs(value) < 1e9 ? value : refuse("has a window or scale that is no number");
  };
  const [slope, intercept] = [number("x00281053") ?? 1, number("x00281052") ?? 0];
  const [center, width] = [number("x00281050"), number("x00281051")];
  const shape = dataSet.string("x00281056")?.trim() ?? "LINEAR";
  const hasTable = (tag: string) => (dataSet.elements[tag]?.items ?? []).length > 0;
  if (hasTable("x00283000")) refuse("turns its samples into values by a table, which is not read here");
  if (hasTable("x00283010") && center === undefined) refuse("is shown through a table, which is not read here");
  if (slope === 0) refuse("multiplies its samples by 0");
  if (shape !== "LINEAR" && shape !== "LINEAR_EXACT" && shape !== "SIGMOID")
    return refuse(`has a window of the shape "${shape}"`);
  const hasWindow = center !== undefined && width !== undefined;
  if (hasWindow && width < (shape === "LINEAR" ? 1 : Number.MIN_VALUE)) refuse(`has a window ${width} wide`);
  const half = 2 ** (header.bitsStored - 1);
  return {
    slope,
    intercept,
    window: hasWindow ? { center, width, shape } : null,
    range: header.signed ? [-half, half - 1] : [0, 2 * half - 1],
    inverted: header.photometric === "MONOCHROME1",
  };
}

/** A frame in gray, and how much of it is in colour. */
export interface GrayFrame extends Picture {
  /** For each pixel: 1 where its colours differ clearly, as in Doppler and elastography; null where the frame is gray. */
  readonly coloured: Uint8Array | null;
}

/** Difference between colours of a pixel above which it is no gray that was compressed, from 0 to 255. */
const clearColour = 40;

/**
 * Turns a frame into gray levels, those of colour by the luminance of ITU-R BT.601.
 *
 * @param display How samples are shown; of gray frames alone.
 */
export function showFrame({ rows, columns, samples, values }: StoredFrame, display: Display): GrayFrame {
  const count = rows * columns;
  const pixels = new Float32Array(count);
  if (samples === 1) {
    const level = levelOf(display);
    for (let pixel = 0; pixel < count; pixel++) pixels[pixel] = level(values[pixel]!);
    return { width: columns, height: rows, pixels, coloured: null };
  }
  const coloured = new Uint8Array(count);
  for (let pixel = 0; pixel < count; pixel++) {
    const [red, green, blue] = [values[pixel * 3]!, values[pixel * 3 + 1]!, values[pixel * 3 + 2]!];
    // Equal channels are kept exactly, as they are of other pictures.
    const gray = red === green && green === blue ? red : 0.299 * red + 0.587 * green + 0.114 * blue;
    pixels[pixel] = gray / 255;
    coloured[pixel] = Math.max(red, green, blue) - Math.min(red, green, blue) > clearColour ? 1 : 0;
  }
  return { width: columns, height: rows, pixels, coloured };
}

function levelOf({ slope, intercept, window, range, inverted }: Display): (sample: number) => number {
  const clamp = (level: number) => (level < 0 ? 0 : level > 1 ? 1 : level);
  const shown = (sample: number) => {
    if (window === null) {
      const level = (sample - range[0]) / (range[1] - range[0]);
      return slope < 0 ? 1 - level : level;
    }
    const value = sample * slope + intercept;
    const { center, width, shape } = window;
    if (shape === "SIGMOID") return 1 / (1 + Math.exp((-4 * (value - center)) / width));
    if (shape === "LINEAR_EXACT") return (value - center) / width + 0.5;
    // A window of one value is a threshold.
    if (width === 1) return value > center - 0.5 ? 1 : 0;
    return (value - (center - 0.5)) / (width - 1) + 0.5;
  };
  return (sample) => (inverted ? 1 - clamp(shown(sample)) : clamp(shown(sample)));
}
