import type { Window } from "../graph/layer";
import { tf } from "../runtime/tensorflow";
import { addTo, gradientMode, type Base } from "./accumulate";
import { flag, integer, type KernelAttribute } from "./attributes";
import { callKernel } from "./call";
import { ownKernels } from "./choose-kernels";
import { windowedShape } from "./windowed-shape";
import { convolutionInputGradient, convolutionKernelGradient } from "./tensorflow";

/** Windows that our own kernels take, in pixels on a side. */
const sizes: readonly number[] = [3, 5, 7];

/**
 * Convolution of each channel by itself.
 *
 * @param x The image, `[batch, height, width, channels]`.
 * @param kernel The weights, `[size, size, channels, 1]`.
 * @param window Stride and padding.
 * @returns The result; the caller disposes it.
 */
export function depthwise(x: tf.Tensor4D, kernel: tf.Tensor4D, window: Window): tf.Tensor4D {
  if (!ownKernels() || !sizes.includes(window.size)) {
    return tf.tidy(() => tf.depthwiseConv2d(x, kernel, window.stride, window.padding));
  }
  return callKernel(
    "SonoNasDepthwise",
    attributesOf(window),
    [x, kernel],
    [windowedShape(x.shape, window)],
  )[0] as tf.Tensor4D;
}

/**
 * The backward pass through {@link depthwise}.
 *
 * @param d The gradient of its result.
 * @param x Its input.
 * @param kernel Its weights.
 * @param window Stride and padding.
 * @param base What the input's gradient is added to.
 * @returns The gradients of input and weights; the caller disposes them.
 */
export function depthwiseGradients(
  d: tf.Tensor4D,
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  window: Window,
  base: Base,
): { x: tf.Tensor4D; kernel: tf.Tensor4D } {
  const { stride, padding } = window;
  if (!ownKernels() || !sizes.includes(window.size)) {
    return {
      x: addTo(convolutionInputGradient(d, x.shape, kernel, stride, padding, true), base),
      kernel: convolutionKernelGradient(d, x, kernel.shape, stride, padding, true),
    };
  }
  const onto = gradientMode(base);
  const [dX, dKernel] = callKernel(
    "SonoNasDepthwiseGradient",
    [...attributesOf(window), integer("mode", onto.mode)],
    [d, x, kernel, onto.base],
    [x.shape, kernel.shape],
  );
  return { x: dX as tf.Tensor4D, kernel: dKernel as tf.Tensor4D };
}

function attributesOf({ stride, padding }: Window): KernelAttribute[] {
  return [integer("stride", stride), flag("same", padding === "same"), flag("relu", false)];
}
