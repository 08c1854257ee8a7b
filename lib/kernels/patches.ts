import type { Window } from "../graph/layer";
import type { tf } from "../runtime/tensorflow";
import { flag, float, integer, type KernelAttribute } from "./attributes";
import { callKernel } from "./call";
import { ownKernels } from "./choose-kernels";
import { nothing } from "./tensorflow-call";
import { statisticsShapes, type Norm, type Normalised } from "./normalised";
import { windowedShape } from "./windowed-shape";

/**
 * Says whether a convolution is one of images, for which our own kernels have a way of their own: windows over few channels,
 * copied side by side, are one small matrix.
 *
 * @param kernel The weights, `[size, size, channels, filters]`.
 * @returns True for up to four channels, where our own kernels compute.
 */
export function takesPatches(kernel: tf.Tensor4D): boolean {
  return ownKernels() && isFew(kernel.shape[2]);
}

/** Says whether channels are so few that windows over them are copied side by side: up to four. */
export const isFew = (channels: number) => channels <= 4;

/**
 * A convolution of few channels by our own kernel, with the statistics of the batch normalisation behind it.
 *
 * @param x Images, `[batch, height, width, channels]`.
 * @param kernel The weights, `[size, size, channels, filters]`; see {@link takesPatches}.
 * @param window Size, stride and padding.
 * @param norm The batch normalisation, which is left to the reader; null for none.
 * @returns The values, with statistics where there is a normalisation; the caller disposes them.
 */
export function patches(x: tf.Tensor4D, kernel: tf.Tensor4D, window: Window, norm: Norm): Normalised;
export function patches(x: tf.Tensor4D, kernel: tf.Tensor4D, window: Window, norm: null): tf.Tensor4D;
export function patches(
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  window: Window,
  norm: Norm | null,
): Normalised | tf.Tensor4D {
  const [value, mean, variance, scale, shift] = callKernel(
    "SonoNasPatches",
    attributesOf(window, norm),
    [x, kernel, norm?.gamma ?? nothing(), norm?.beta ?? nothing()],
    [windowedShape(x.shape, window, kernel.shape[3]), ...statisticsShapes(norm)],
  );
  if (norm !== null) return { value, mean, variance, scale, shift, normal: null } as Normalised;
  return value as tf.Tensor4D;
}

/** The gradients of the weights of a convolution of few channels; the caller disposes them. */
export interface PatchesGradients {
  /** Of the convolution's weights. */
  readonly kernel: tf.Tensor4D;
  /** Of the normalisation's scale; null without one. */
  readonly gamma: tf.Tensor1D | null;
  /** Of the normalisation's shift; null without one. */
  readonly beta: tf.Tensor1D | null;
}

/**
 * The backward pass through {@link patches}, without a gradient of the images, which nobody wants.
 *
 * @param d The gradient of the normalised values, or of the values without a normalisation.
 * @param result What the forward pass gave; null without a normalisation.
 * @param x The images.
 * @param kernel The weights.
 * @param window Size, stride and padding.
 * @param norm The batch normalisation; null for none.
 * @param given The sums for the normalisation, `[2, filters]`, as in {@link GradientSums}; null: they are found here.
 */
export function patchesGradients(
  d: tf.Tensor4D,
  result: Normalised | null,
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  window: Window,
  norm: Norm | null,
  given: tf.Tensor2D | null = null,
): PatchesGradients {
  const { value, mean, variance } = result ?? { value: nothing(), mean: nothing(), variance: nothing() };
  const [dKernel, gamma, beta] = callKernel(
    "SonoNasPatchesGradient",
    attributesOf(window, norm),
    [d, x, kernel, value, norm?.gamma ?? nothing(), mean, variance, given ?? nothing()],
    [kernel.shape, norm?.gamma.shape ?? null, norm?.gamma.shape ?? null],
  );
  return { kernel: dKernel, gamma, beta } as PatchesGradients;
}

function attributesOf({ stride, padding }: Window, norm: Norm | null): KernelAttribute[] {
  return [
    integer("stride", stride),
    flag("same", padding === "same"),
    flag("normalise", norm !== null),
    float("epsilon", norm?.epsilon ?? 0),
  ];
}
