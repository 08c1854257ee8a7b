import type { Shape, Window } from "../graph/layer";
import type { Attributes } from "./messages";

/** Zeros around an image: above, on the left, below, on the right. */
export type Pads = readonly [top: number, left: number, bottom: number, right: number];

/**
 * Computes what a window adds around an image. TensorFlow adds what is missing for the last window, the smaller half before;
 * it is written out, as converters refuse ONNX's own word for it.
 *
 * @param shape The image's, `[height, width, channels]`.
 */
export function padsOf({ size, stride, padding }: Window, shape: Shape): Pads {
  const sides = shape.slice(0, 2).map((pixels) => {
    const missing = (Math.ceil(pixels / stride) - 1) * stride + size - pixels;
    const all = padding === "valid" ? 0 : Math.max(0, missing);
    return [Math.floor(all / 2), Math.ceil(all / 2)] as const;
  });
  const [[top, bottom], [left, right]] = sides as [readonly [number, number], readonly [number, number]];
  return [top, left, bottom, right];
}

/** A window as settings of an operation. */
export const windowAttributes = ({ size, stride }: Window, pads: Pads): Attributes => ({
  kernel_shape: [size, size],
  strides: [stride, stride],
  pads,
});

/**
 * Computes by what the means of windows that reach beyond an image are too small.
 *
 * @param shape The image's, `[height, width, channels]`.
 * @param given The result's, alike.
 * @returns The window's pixels divided by those in the image, `[height, width]` row by row.
 */
export function shareInside(window: Window, pads: Pads, shape: Shape, given: Shape): Float32Array {
  const inside = (place: number, before: number, pixels: number) => {
    const start = place * window.stride - before;
    return Math.min(pixels, start + window.size) - Math.max(0, start);
  };
  const [height, width] = given as [number, number];
  const [top, left] = pads;
  return Float32Array.from({ length: height * width }, (_, place) => {
    const rows = inside(Math.floor(place / width), top, shape[0]!);
    return window.size ** 2 / (rows * inside(place % width, left, shape[1]!));
  });
}
