import type { Window } from "../graph/layer";
import { tf } from "../runtime/tensorflow";

/**
 * A convolution in TensorFlow.js's own operations, which `tf.grad` and its like differentiate: what every faster way is
 * held against.
 *
 * A 1 × 1 window with a stride is written as one without, of the pixels that it sees: TensorFlow 2.21's own gradient of
 * its weights, by oneDNN on processors with AVX2, is wrong now and then where the stride is 2 and the channels are no
 * multiple of 8, as if memory were read that nobody has written.
 *
 * @param x The image, `[batch, height, width, channels]`.
 * @param kernel The weights, `[size, size, channels, filters]`, or `[size, size, channels, 1]` of a depthwise one.
 * @param window Stride and padding; the side is the weights' own.
 * @param depthwise Whether each channel is convolved by itself. Default: no.
 * @returns The result, `[batch, height, width, filters]`; the caller disposes it.
 */
export function stockConvolution(
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  { stride, padding }: Pick<Window, "stride" | "padding">,
  depthwise = false,
): tf.Tensor4D {
  const convolve = depthwise ? tf.depthwiseConv2d : tf.conv2d;
  if (!leavesPixelsOut(kernel.shape, stride)) return convolve(x, kernel, stride, padding);
  return tf.tidy(() => convolve(stridedPixels(x, stride), kernel, 1, padding));
}

/**
 * Whether a window sees only some of the pixels, each by itself: 1 × 1 with a stride.
 *
 * @param shape The shape of its weights, `[height, width, …]`.
 * @param stride Pixels that it moves by.
 * @returns Whether it does.
 */
export function leavesPixelsOut(shape: readonly number[], stride: number): boolean {
  return shape[0] === 1 && shape[1] === 1 && stride > 1;
}

/**
 * The pixels that a window of 1 × 1 sees: of every `stride` rows and columns the first.
 *
 * @param x An image, `[batch, height, width, channels]`.
 * @param stride Pixels that it moves by, from 1.
 * @returns The pixels, `[batch, ⌈height / stride⌉, ⌈width / stride⌉, channels]`; the caller disposes them.
 */
export function stridedPixels(x: tf.Tensor4D, stride: number): tf.Tensor4D {
  // The mean of one number is that number, and has a gradient; a strided slice has none in TensorFlow.js.
  return tf.avgPool(x, 1, stride, "valid");
}
