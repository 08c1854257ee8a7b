import type { Window } from "../graph/layer";
import type { tf } from "../runtime/tensorflow";
import { gradientMode, gradientModes, type Base } from "./accumulate";
import { flag, float, integer, type KernelAttribute } from "./attributes";
import { callKernel } from "./call";
import { ownKernels } from "./choose-kernels";
import { statisticsShapes, type Norm, type Normalised, type Readable } from "./normalised";
import { takesPatches } from "./patches";
import { nothing } from "./tensorflow-call";
import { windowedShape } from "./windowed-shape";

/** The most products of channels and filters for which our own kernel is the faster one, found by measurement. */
const mostProducts = { dense: 48 * 48, strided: 128 * 128 } as const;

/**
 * Says whether our own kernel for windows of few channels takes a convolution.
 *
 * @param kernel The weights, `[size, size, channels, filters]`.
 * @returns True where our own kernels compute, for windows wider than a pixel over five channels or more, but not too many.
 */
export function takesRows({ size, stride }: Window, kernel: tf.Tensor4D): boolean {
  const most = mostProducts[stride > 1 ? "strided" : "dense"];
  const [, , channels, filters] = kernel.shape;
  return ownKernels() && !takesPatches(kernel) && size > 1 && channels * filters <= most;
}

/** What goes into a convolution. */
export interface RowConvolutionInput {
  /** The image, `[batch, height, width, channels]`. */
  readonly x: Readable;
  /** Whether it is cut off at 0 before. */
  readonly relu: boolean;
  /** The weights, `[size, size, channels, filters]`; see {@link takesRows}. */
  readonly kernel: tf.Tensor4D;
  /** Stride and padding. */
  readonly window: Window;
}

/**
 * A convolution over all channels by our own kernel, with the statistics of the batch normalisation behind it.
 *
 * @param norm The batch normalisation, which is left to the reader; null for none.
 * @returns The values, with statistics where there is a normalisation; the caller disposes them.
 */
export function rowConvolution(input: RowConvolutionInput, norm: Norm): Normalised;
export function rowConvolution(input: RowConvolutionInput, norm: null): tf.Tensor4D;
export function rowConvolution(input: RowConvolutionInput, norm: Norm | null): Normalised | tf.Tensor4D {
  const { x, kernel, window } = input;
  const [value, mean, variance, scale, shift] = callKernel(
    "SonoNasRowConvolution",
    attributesOf(input, norm),
    [x.value, x.scale ?? nothing(), x.shift ?? nothing(), kernel, norm?.gamma ?? nothing(), norm?.beta ?? nothing()],
    [windowedShape(x.value.shape, window, kernel.shape[3]), ...statisticsShapes(norm)],
  );
  if (norm !== null) return { value, mean, variance, scale, shift, normal: null } as Normalised;
  return value as tf.Tensor4D;
}

/** What the forward pass gave, for the backward pass through a convolution with a batch normalisation. */
export interface RowConvolutionNorm {
  readonly result: Normalised;
  readonly norm: Norm;
  /** The sums for the normalisation, `[2, filters]`; null: they are found here. */
  readonly given: tf.Tensor2D | null;
}

/** The gradients of a convolution; the caller disposes them. */
export interface RowConvolutionGradients {
  /** Of the image as it is read, before the ReLU, added to the base; null where unwanted. */
  readonly x: tf.Tensor4D | null;
  /** Of the weights. */
  readonly kernel: tf.Tensor4D;
  /** Of the normalisation's scale; null without one. */
  readonly gamma: tf.Tensor1D | null;
  /** Of the normalisation's shift; null without one. */
  readonly beta: tf.Tensor1D | null;
  /** The sums of the gradient of the image for its normalisation, `[2, channels]`; null where nobody wanted them. */
  readonly inputSums: tf.Tensor2D | null;
}

/**
 * The backward pass through {@link rowConvolution}.
 *
 * @param d The gradient of its values, or of the normalised ones where there is a normalisation.
 * @param after The normalisation behind it; null for none.
 * @param base What the image's gradient is added to; "unwanted" where it is not needed.
 * @param inputMean The mean of the image's normalisation where somebody wants the sums of its gradient, `[channels]`; null:
 *   nobody does.
 */
export function rowConvolutionGradients(
  d: tf.Tensor4D,
  input: RowConvolutionInput,
  after: RowConvolutionNorm | null,
  base: Base | "unwanted",
  inputMean: tf.Tensor1D | null,
): RowConvolutionGradients {
  const { x, kernel } = input;
  const onto = base === "unwanted" ? { mode: gradientModes.unwanted, base: nothing() } : gradientMode(base);
  const channels = after === null ? null : after.norm.gamma.shape;
  const [dX, dKernel, gamma, beta, inputSums] = callKernel(
    "SonoNasRowConvolutionGradient",
    [...attributesOf(input, after?.norm ?? null), integer("mode", onto.mode)],
    [
      ...[d, after?.result.value ?? nothing(), x.value, x.scale ?? nothing(), x.shift ?? nothing(), kernel],
      ...[after?.norm.gamma ?? nothing(), after?.result.mean ?? nothing(), after?.result.variance ?? nothing()],
      ...[onto.base, after?.given ?? nothing(), inputMean ?? nothing()],
    ],
    [
      ...[base === "unwanted" ? null : x.value.shape, kernel.shape, channels, channels],
      inputMean === null ? null : [2, kernel.shape[2]],
    ],
  );
  return { x: dX, kernel: dKernel, gamma, beta, inputSums } as RowConvolutionGradients;
}

function attributesOf({ x, relu, window }: RowConvolutionInput, norm: Norm | null): KernelAttribute[] {
  return [
    ...[integer("stride", window.stride), flag("same", window.padding === "same"), flag("relu", relu)],
    ...[flag("affine", x.scale !== null), flag("normalise", norm !== null), float("epsilon", norm?.epsilon ?? 0)],
  ];
}
