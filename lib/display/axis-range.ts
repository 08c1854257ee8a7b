/**
 * How far an axis goes where a figure does not say: as plotly does it, but numbers that hardly differ are not drawn as if they did.
 *
 * @module
 */
import type { Data } from "plotly.js";

/** The range and the ticks of an axis; empty where plotly finds them well. */
export interface AxisRange {
  readonly range?: [number, number];
  readonly dtick?: number | "D2";
  readonly tickformat?: "~s" | "~g";
}

/** Values that differ by less than this share of the largest look alike. */
const leastSpan = 0.02;

/** From here on powers of ten alone are written at a logarithmic axis. */
const manyDecades = 2;

/**
 * Finds the range of an axis of numbers.
 *
 * @param data All traces of the figure.
 * @param name The axis, as traces name it: "x", "y2".
 * @param type "log", or anything else.
 * @returns For numbers that differ by less than a fiftieth a range of a tenth around them; for a logarithmic axis one decade at least,
 *   and ticks at 1, 2 and 5 or at powers of ten.
 */
export function axisRange(data: readonly Partial<Data>[], name: string, type: string | undefined): AxisRange {
  const values = valuesOf(data, name);
  if (values === null || values.length === 0) return {};
  if (type === "log") return logarithmic(values.filter((value) => value > 0).map(Math.log10));
  const [low, high] = ends(values);
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (high - low >= leastSpan * size) return {};
  const middle = (low + high) / 2;
  return { range: [middle - 0.05 * size, middle + 0.05 * size] };
}

function logarithmic(powers: readonly number[]): AxisRange {
  if (powers.length === 0) return {};
  const [low, high] = ends(powers);
  const room = Math.max(0.06 * (high - low), (1 - (high - low)) / 2, 0.06);
  const range: [number, number] = [low - room, high + room];
  if (range[1] - range[0] >= manyDecades) return { range, dtick: 1 };
  // Numbers between powers of ten are written out, 5M and 20M: by itself plotly writes 5 and 2 there.
  return { range, dtick: "D2", tickformat: low >= 3 ? "~s" : "~g" };
}

function ends(values: readonly number[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return [low, high];
}

/** The part of a trace that says where it lies. */
interface Placed {
  readonly [key: string]: unknown;
  readonly type?: string;
  readonly error_x?: { readonly array?: readonly number[]; readonly arrayminus?: readonly number[] };
  readonly error_y?: { readonly array?: readonly number[]; readonly arrayminus?: readonly number[] };
}

// With the ends of bars; null where something on the axis is no number, or begins at 0 as columns do.
function valuesOf(data: readonly Partial<Data>[], name: string): number[] | null {
  const letter = name[0] as "x" | "y";
  const found: number[] = [];
  for (const trace of data as readonly Placed[]) {
    if ((trace[`${letter}axis`] ?? letter) !== name) continue;
    if (trace.type === "bar" || trace.type === "heatmap") return null;
    const list = Array.from((trace[letter] as ArrayLike<unknown> | undefined) ?? []);
    const { array, arrayminus } = trace[`error_${letter}`] ?? {};
    for (const [place, value] of list.entries()) {
      if (value === null || value === undefined || (typeof value === "number" && !Number.isFinite(value))) continue;
      if (typeof value !== "number") return null;
      found.push(value - (arrayminus?.[place] ?? 0), value + (array?.[place] ?? 0));
    }
  }
  return found;
}
