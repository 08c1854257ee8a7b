import { tf } from "../runtime/tensorflow";
import { addTo, gradientModeOver, type Base } from "./accumulate";
import { flag, float, integer } from "./attributes";
import { callKernel } from "./call";
import { nothing } from "./tensorflow-call";
import { ownKernels } from "./choose-kernels";
import {
  normaliseByTensorflow,
  plain,
  statisticsShapes,
  type Norm,
  type Normalised,
  type Readable,
} from "./normalised";
import {
  convolutionInputGradient,
  convolutionKernelGradient,
  fusedNormaliseGradient,
  reluGradient,
} from "./tensorflow";

/** The weights of half of a separable operation. */
export interface SeparableWeights {
  /** Depthwise, `[size, size, channels, 1]`. */
  readonly depthwise: tf.Tensor4D;
  /** Pointwise, `[1, 1, channels, filters]`. */
  readonly pointwise: tf.Tensor4D;
}

/**
 * Half of ENAS's separable operation: ReLU, depthwise convolution (stride 1, `same`), pointwise convolution, and the
 * statistics of the batch normalisation behind it, in one pass over the batch.
 *
 * @param x The input, `[batch, height, width, channels]`.
 * @param weights The convolutions' weights; a window of 3, 5 or 7.
 * @param norm The batch normalisation.
 * @returns Its values, `[batch, height, width, filters]`, and statistics; the caller disposes them.
 */
export function separable(x: Readable, weights: SeparableWeights, norm: Norm): Normalised {
  if (!ownKernels()) return normaliseByTensorflow(convolve(x, weights), norm);
  const [value, mean, variance, scale, shift] = callKernel(
    "SonoNasSeparable",
    [flag("affine", x.scale !== null), flag("normalise", true), float("epsilon", norm.epsilon)],
    [x.value, x.scale ?? nothing(), x.shift ?? nothing(), weights.depthwise, weights.pointwise, norm.gamma, norm.beta],
    [shapeOfResult(x, weights), ...statisticsShapes(norm)],
  );
  return { value, mean, variance, scale, shift, normal: null } as Normalised;
}

/**
 * The same without statistics, where moving averages take their place.
 *
 * @param x The input, `[batch, height, width, channels]`.
 * @param weights The convolutions' weights.
 * @returns What the pointwise convolution gives, `[batch, height, width, filters]`; the caller disposes it.
 */
export function separableWithoutNorm(x: Readable, weights: SeparableWeights): tf.Tensor4D {
  if (!ownKernels()) return convolve(x, weights);
  const [value] = callKernel(
    "SonoNasSeparable",
    [flag("affine", x.scale !== null), flag("normalise", false), float("epsilon", 0)],
    [x.value, x.scale ?? nothing(), x.shift ?? nothing(), weights.depthwise, weights.pointwise, nothing(), nothing()],
    [shapeOfResult(x, weights), ...statisticsShapes(null)],
  );
  return value as tf.Tensor4D;
}

/** The gradients of half of a separable operation; the caller disposes them. */
export interface SeparableGradients {
  /** Of the input as it was read, added to the base. */
  readonly x: tf.Tensor4D;
  /** Of the depthwise weights. */
  readonly depthwise: tf.Tensor4D;
  /** Of the pointwise weights. */
  readonly pointwise: tf.Tensor4D;
  /** Of the normalisation's scale. */
  readonly gamma: tf.Tensor1D;
  /** Of the normalisation's shift. */
  readonly beta: tf.Tensor1D;
  /** For the normalisation of the input, `[2, channels]`: where they were asked for, and our own kernels computed. */
  readonly inputSums?: tf.Tensor2D;
}

/** What two normalisations that follow each other share in the backward pass. */
export interface GradientSums {
  /**
   * The sums of `d` and of `d` · (value - mean) over all pixels, `[2, filters]`, where whoever made `d` found them; they stay the
   * caller's. Default: null, they are found here.
   */
  readonly given: tf.Tensor2D | null;
  /**
   * The mean of the input's normalisation, `[channels]`, where its sums are to be found, of the whole gradient with its base; the
   * input is then as that normalisation left it. Default: null.
   */
  readonly inputMean: tf.Tensor1D | null;
}

/**
 * The backward pass through {@link separable}. What lies between input and output is computed again.
 *
 * @param d The gradient of the normalised values; used up where nobody else holds its memory, and the caller's to dispose.
 * @param result What the forward pass gave.
 * @param x The input of the forward pass.
 * @param weights The convolutions' weights.
 * @param norm The batch normalisation.
 * @param base What the input's gradient is added to.
 * @param sums What is known of the normalisations' sums, and wanted.
 */
export function separableGradients(
  d: tf.Tensor4D,
  result: Normalised,
  x: Readable,
  weights: SeparableWeights,
  norm: Norm,
  base: Base,
  { given = null, inputMean = null }: Partial<GradientSums> = {},
): SeparableGradients {
  if (!ownKernels()) return gradientsByTensorflow(d, result, x, weights, norm, base);
  const onto = gradientModeOver(base, d, x.value.shape);
  const [dX, depthwise, pointwise, gamma, beta, inputSums] = callKernel(
    "SonoNasSeparableGradient",
    [flag("affine", x.scale !== null), float("epsilon", norm.epsilon), integer("mode", onto.mode)],
    [
      ...[d, result.value, x.value, x.scale ?? nothing(), x.shift ?? nothing(), weights.depthwise, weights.pointwise],
      ...[norm.gamma, result.mean, result.variance, onto.base, given ?? nothing(), inputMean ?? nothing()],
    ],
    [
      ...[x.value.shape, weights.depthwise.shape, weights.pointwise.shape, norm.gamma.shape, norm.gamma.shape],
      inputMean === null ? null : [2, x.value.shape[3]],
    ],
  );
  const gradients = { x: dX, depthwise, pointwise, gamma, beta };
  return (inputMean === null ? gradients : { ...gradients, inputSums }) as SeparableGradients;
}

function shapeOfResult({ value }: Readable, { pointwise }: SeparableWeights): number[] {
  return [...value.shape.slice(0, 3), pointwise.shape[3]];
}

function convolve(x: Readable, { depthwise, pointwise }: SeparableWeights): tf.Tensor4D {
  return tf.tidy(() => {
    const spread = tf.depthwiseConv2d(tf.relu(plain(x)), depthwise, 1, "same");
    return tf.conv2d(spread, pointwise, 1, "same");
  });
}

function gradientsByTensorflow(
  d: tf.Tensor4D,
  result: Normalised,
  x: Readable,
  { depthwise, pointwise }: SeparableWeights,
  { gamma, epsilon }: Norm,
  base: Base,
): SeparableGradients {
  return tf.tidy(() => {
    const cut = tf.relu(plain(x));
    const spread = tf.depthwiseConv2d(cut, depthwise, 1, "same");
    const { value, mean, variance } = result;
    const [dValue, dGamma, dBeta] = fusedNormaliseGradient(d, value, gamma, mean, variance, epsilon);
    const dSpread = convolutionInputGradient(dValue, spread.shape, pointwise, 1, "same");
    const dCut = convolutionInputGradient(dSpread, cut.shape, depthwise, 1, "same", true);
    return {
      x: addTo(reluGradient(dCut, cut), base),
      depthwise: convolutionKernelGradient(dSpread, cut, depthwise.shape, 1, "same", true),
      pointwise: convolutionKernelGradient(dValue, spread, pointwise.shape, 1, "same"),
      gamma: dGamma,
      beta: dBeta,
    };
  });
}
