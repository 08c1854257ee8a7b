import type { Window } from "../../graph/layer";

/** What TensorFlow.js hands a kernel with a window, of what is used here. */
export interface WindowAttributes {
  /** Pixels from one place to the next, one number or one each for rows and columns. */
  readonly strides: number | readonly number[];
  /** What happens at the border: "same", "valid", or pixels. */
  readonly pad: unknown;
  /** Pixels from one weight to the next, as `strides`; absent: 1. */
  readonly dilations?: number | readonly number[] | null;
  /** The order of the axes; absent: "NHWC". */
  readonly dataFormat?: string;
}

/**
 * Reads a kernel's attributes as a window of this library.
 *
 * @param size The window's height and width, or one number for both.
 * @returns The window; null for one that only TensorFlow.js itself computes: not square, spread, with a border in pixels, or
 *   with channels first.
 */
export function windowOf(size: number | readonly number[], attributes: WindowAttributes): Window | null {
  const { strides, pad, dilations, dataFormat } = attributes;
  const [side, stride, dilation] = [size, strides, dilations ?? 1].map(sideOf);
  if (side == null || stride == null || dilation !== 1) return null;
  if ((pad !== "same" && pad !== "valid") || (dataFormat ?? "NHWC") !== "NHWC") return null;
  return { size: side, stride, padding: pad };
}

function sideOf(sizes: number | readonly number[]): number | null {
  if (typeof sizes === "number") return sizes;
  const [side, ...others] = sizes;
  return side !== undefined && others.every((other) => other === side) ? side : null;
}
