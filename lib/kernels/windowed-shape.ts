import type { Window } from "../graph/layer";

/**
 * Says which shape windows make of an image.
 *
 * @param shape The image's shape, `[batch, height, width, channels]`.
 * @param window Size, stride and padding.
 * @param channels How many channels there are afterwards. Default: as many as before.
 * @returns The shape, `[batch, height, width, channels]`.
 */
export function windowedShape(
  shape: readonly number[],
  { size, stride, padding }: Window,
  channels = shape[3]!,
): [number, number, number, number] {
  const places = (length: number) => Math.ceil((padding === "same" ? length : length - size + 1) / stride);
  return [shape[0]!, places(shape[1]!), places(shape[2]!), channels];
}
