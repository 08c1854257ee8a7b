import type { Window } from "../graph/layer";
import { tf } from "../runtime/tensorflow";
import { addTo, gradientMode, type Base } from "./accumulate";
import { flag, integer, type KernelAttribute } from "./attributes";
import { callKernel } from "./call";
import { nothing } from "./tensorflow-call";
import { ownKernels } from "./choose-kernels";
import { asItIs, plain, type Readable } from "./normalised";
import { sum } from "./sum";
import { windowedShape } from "./windowed-shape";
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
 * @param remember Whether the backward pass will be asked for.
 */
export function maxPool(x: tf.Tensor4D, window: Window, remember: boolean): MaxPoolResult {
  if (ownPool(window)) return callMaxPool(asItIs(x), window, null, remember);
  const { size, stride, padding } = window;
  return { out: tf.tidy(() => tf.maxPool(x, size, stride, padding)), places: null };
}

/** What a max pool of any value gives, added to another one or not. The caller disposes all of it. */
export interface MaxPoolSum extends MaxPoolResult {
  /** The pool alone, which TensorFlow's backward pass wants to see; null where there are places. */
  readonly pooled: tf.Tensor4D | null;
}

/**
 * A max pool of a value that may be left to its reader to normalise, and its sum with another one if asked for: in one pass with
 * our own kernels.
 *
 * @param x The image, `[batch, height, width, channels]`.
 * @param addend What is added, of the shape that the pool gives; null for nothing.
 * @param remember Whether the backward pass will be asked for.
 * @returns The result.
 */
export function maxPoolOnto(x: Readable, window: Window, addend: Readable | null, remember: boolean): MaxPoolSum {
  if (ownPool(window)) return { ...callMaxPool(x, window, addend, remember), pooled: null };
  const image = plain(x);
  const { out: pooled } = maxPool(image, window, remember);
  image.dispose();
  const out = addend === null ? tf.clone(pooled) : sum([asItIs(pooled), addend]);
  if (remember) return { out, places: null, pooled };
  pooled.dispose();
  return { out, places: null, pooled: null };
}

function callMaxPool(x: Readable, window: Window, addend: Readable | null, remember: boolean): MaxPoolResult {
  const attributes = [...forwardAttributes(window, x, addend), flag("remember", remember)];
  const shape = windowedShape(x.value.shape, window);
  const count = shape.reduce((product, size) => product * size, 1);
  const outputs = [shape, remember ? [Math.ceil(count / 4)] : null];
  const [out, places] = callKernel("SonoNasMaxPool", attributes, [...tensorsOf(x), ...tensorsOf(addend)], outputs);
  return { out, places } as MaxPoolResult;
}

/**
 * The backward pass through {@link maxPool}.
 *
 * @param d The gradient of its result.
 * @param x Its input; only its shape is used where the places are there.
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
  return callKernel("SonoNasMaxPoolGradient", gradientAttributes(window, x.shape, onto.mode), inputs, [
    x.shape,
  ])[0] as tf.Tensor4D;
}

/**
 * The mean of each window, over the pixels inside of the image.
 *
 * @param x The image, `[batch, height, width, channels]`.
 * @returns The means; the caller disposes them.
 */
export function averagePool(x: tf.Tensor4D, window: Window): tf.Tensor4D {
  if (ownPool(window)) return callAveragePool(asItIs(x), window, null);
  const { size, stride, padding } = window;
  return tf.tidy(() => tf.avgPool(x, size, stride, padding));
}

/**
 * An average pool of a value that may be left to its reader to normalise, and its sum with another one if asked for: in one pass
 * with our own kernels.
 *
 * @param x The image, `[batch, height, width, channels]`.
 * @param addend What is added, of the shape that the pool gives; null for nothing.
 * @returns The sum; the caller disposes it.
 */
export function averagePoolOnto(x: Readable, window: Window, addend: Readable | null): tf.Tensor4D {
  if (ownPool(window)) return callAveragePool(x, window, addend);
  const image = plain(x);
  const value = averagePool(image, window);
  image.dispose();
  if (addend === null) return value;
  const out = sum([asItIs(value), addend]);
  value.dispose();
  return out;
}

function callAveragePool(x: Readable, window: Window, addend: Readable | null): tf.Tensor4D {
  const inputs = [...tensorsOf(x), ...tensorsOf(addend)];
  const shape = windowedShape(x.value.shape, window);
  return callKernel("SonoNasAveragePool", forwardAttributes(window, x, addend), inputs, [shape])[0] as tf.Tensor4D;
}

/**
 * The backward pass through {@link averagePool}.
 *
 * @param d The gradient of its result.
 * @param shape The shape of its input, `[batch, height, width, channels]`.
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
  if (!ownPool(window)) return addTo(averagePoolGradient(d, shape, size, stride, padding), base);
  const onto = gradientMode(base);
  const attributes = gradientAttributes(window, shape, onto.mode);
  return callKernel("SonoNasAveragePoolGradient", attributes, [d, onto.base], [shape])[0] as tf.Tensor4D;
}

const ownPool = ({ size }: Window) => ownKernels() && size <= largest;

function forwardAttributes(window: Window, x: Readable, addend: Readable | null): KernelAttribute[] {
  const onto = addend === null ? 0 : addend.scale === null ? 1 : 2;
  return [...attributesOf(window), flag("affine", x.scale !== null), integer("onto", onto)];
}

function tensorsOf(readable: Readable | null): tf.Tensor[] {
  return [readable?.value ?? nothing(), readable?.scale ?? nothing(), readable?.shift ?? nothing()];
}

function attributesOf({ size, stride, padding }: Window): KernelAttribute[] {
  return [integer("size", size), integer("stride", stride), flag("same", padding === "same")];
}

function gradientAttributes(window: Window, shape: readonly number[], mode: number): KernelAttribute[] {
  return [...attributesOf(window), integer("height", shape[1]!), integer("width", shape[2]!), integer("mode", mode)];
}
