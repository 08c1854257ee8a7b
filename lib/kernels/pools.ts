import type { Window } from "../graph/layer";
import { tf } from "../runtime/tensorflow";
import { addTo, gradientMode, type Base } from "./accumulate";
import { callKernel, flag, integer, type KernelAttribute } from "./call";
import { ownKernels } from "./choose-kernels";
import { averagePoolGradient, maxPoolGradient } from "./tensorflow";

/** The largest window, on a side, that our own pools take: a place in it fits into a byte. */
const largest = 15;

/** What a max pool gives; the caller disposes it. */
export interface MaxPoolResult {
  /** The largest numbers, `[batch, height, width, channels]`. */
  readonly out: tf.Tensor4D;
  /** Where they were found, a byte each, in a form of the kernels' own; null with TensorFlow's kernels or without request. */
  readonly places: tf.Tensor | null;
}

/**
 * The largest number of each window; the first one, row by row, of equal ones. What is not a number counts as the largest
 * with our own kernels; TensorFlow's pass over it.
 *
 * @param x The image, `[batch, height, width, channels]`.
 * @param window The window.
 * @param remember Whether the way back will be asked for.
 * @returns The result.
 */
export function maxPool(x: tf.Tensor4D, window: Window, remember: boolean): MaxPoolResult {
  const { size, stride, padding } = window;
  if (!ownKernels() || size > largest)
    return { out: tf.tidy(() => tf.maxPool(x, size, stride, padding)), places: null };
  const attributes = [...attributesOf(window), flag("remember", remember)];
  const [out, places] = callKernel("SonoNasMaxPool", attributes, [x], 2);
  if (remember) return { out: out as tf.Tensor4D, places: places! };
  places!.dispose();
  return { out: out as tf.Tensor4D, places: null };
}

/**
 * The way back through {@link maxPool}.
 *
 * @param d The gradient of its result.
 * @param x Its input; only its shape is used where the places are there.
 * @param result Its result.
 * @param window The window.
 * @param base What the gradient is added to.
 * @returns The gradient of the input; the caller disposes it.
 */
export function maxPoolGradients(
  d: tf.Tensor4D,
  x: tf.Tensor4D | { readonly shape: readonly number[] },
  result: MaxPoolResult,
  window: Window,
  base: Base,
): tf.Tensor4D {
  if (result.places === null) {
    const { size, stride, padding } = window;
    return addTo(maxPoolGradient(d, x as tf.Tensor4D, result.out, size, stride, padding), base);
  }
  const onto = gradientMode(base);
  const inputs = [d, result.places, onto.base];
  return callKernel(
    "SonoNasMaxPoolGradient",
    gradientAttributes(window, x.shape, onto.mode),
    inputs,
    1,
  )[0] as tf.Tensor4D;
}

/**
 * The mean of each window, over the pixels inside of the image.
 *
 * @param x The image, `[batch, height, width, channels]`.
 * @param window The window.
 * @returns The means; the caller disposes them.
 */
export function averagePool(x: tf.Tensor4D, window: Window): tf.Tensor4D {
  const { size, stride, padding } = window;
  if (!ownKernels() || size > largest) return tf.tidy(() => tf.avgPool(x, size, stride, padding));
  return callKernel("SonoNasAveragePool", attributesOf(window), [x], 1)[0] as tf.Tensor4D;
}

/**
 * The way back through {@link averagePool}.
 *
 * @param d The gradient of its result.
 * @param shape The shape of its input, `[batch, height, width, channels]`.
 * @param window The window.
 * @param base What the gradient is added to.
 * @returns The gradient of the input; the caller disposes it.
 */
export function averagePoolGradients(
  d: tf.Tensor4D,
  shape: readonly number[],
  window: Window,
  base: Base,
): tf.Tensor4D {
  const { size, stride, padding } = window;
  if (!ownKernels() || size > largest) return addTo(averagePoolGradient(d, shape, size, stride, padding), base);
  const onto = gradientMode(base);
  const attributes = gradientAttributes(window, shape, onto.mode);
  return callKernel("SonoNasAveragePoolGradient", attributes, [d, onto.base], 1)[0] as tf.Tensor4D;
}

function attributesOf({ size, stride, padding }: Window): KernelAttribute[] {
  return [integer("size", size), integer("stride", stride), flag("same", padding === "same")];
}

function gradientAttributes(window: Window, shape: readonly number[], mode: number): KernelAttribute[] {
  return [...attributesOf(window), integer("height", shape[1]!), integer("width", shape[2]!), integer("mode", mode)];
}
