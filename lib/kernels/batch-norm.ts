import { tf } from "../runtime/tensorflow";
import { flag, float } from "./attributes";
import { callKernel } from "./call";
import { nothing } from "./tensorflow-call";
import { ownKernels } from "./choose-kernels";
import { share } from "./direct-tensor";
import { normaliseByTensorflow, statisticsShapes, type Norm, type Normalised } from "./normalised";
import { fusedNormalise, fusedNormaliseGradient, reluGradient } from "./tensorflow";

/** What a batch normalisation by itself gives; the caller disposes it. */
export interface BatchNormResult {
  /** The normalised values, cut off at 0 if that was asked for; of the input's shape. */
  readonly out: tf.Tensor4D;
  /** The batch's mean, `[channels]`. */
  readonly mean: tf.Tensor1D;
  /** The batch's variance, divided by the count of pixels, `[channels]`. */
  readonly variance: tf.Tensor1D;
}

/**
 * Batch normalisation in training, with a ReLU behind it if asked for.
 *
 * @param x Values, `[batch, height, width, channels]`.
 * @param norm The weights.
 * @param relu Whether the result is cut off at 0.
 * @returns The result and the batch's statistics.
 */
export function batchNorm(x: tf.Tensor4D, norm: Norm, relu: boolean): BatchNormResult {
  const { gamma, beta, epsilon } = norm;
  if (!ownKernels()) {
    const { out, mean, variance } = fusedNormalise(x, gamma, beta, epsilon);
    if (!relu) return { out, mean, variance };
    const cut = tf.tidy(() => tf.relu(out));
    out.dispose();
    return { out: cut, mean, variance };
  }
  const [out, mean, variance] = callKernel(
    "SonoNasNormalise",
    [flag("relu", relu), flag("apply", true), float("epsilon", epsilon)],
    [x, gamma, beta],
    [x.shape, gamma.shape, gamma.shape, null, null],
  );
  return { out, mean, variance } as BatchNormResult;
}

/**
 * Batch normalisation in training that is left to its reader: only the statistics are computed.
 *
 * @param x Values, `[batch, height, width, channels]`; they stay the caller's.
 * @param norm The weights.
 * @returns The same values, with statistics; the caller disposes them.
 */
export function batchNormForReader(x: tf.Tensor4D, norm: Norm): Normalised {
  if (!ownKernels()) return normaliseByTensorflow(share(x), norm);
  const [, mean, variance, scale, shift] = callKernel(
    "SonoNasNormalise",
    [flag("relu", false), flag("apply", false), float("epsilon", norm.epsilon)],
    [x, norm.gamma, norm.beta],
    [null, ...statisticsShapes(norm)],
  );
  return { value: share(x), mean, variance, scale, shift, normal: null } as Normalised;
}

/** The gradients of a batch normalisation; the caller disposes them. */
export interface BatchNormGradients {
  /** Of the input. */
  readonly x: tf.Tensor4D;
  /** Of the scale. */
  readonly gamma: tf.Tensor1D;
  /** Of the shift. */
  readonly beta: tf.Tensor1D;
}

/**
 * The backward pass through {@link batchNorm}.
 *
 * @param d The gradient of its result.
 * @param x Its input.
 * @param result The result.
 * @param norm The weights.
 * @param relu Whether the result was cut off at 0.
 */
export function batchNormGradients(
  d: tf.Tensor4D,
  x: tf.Tensor4D,
  result: BatchNormResult,
  { gamma, epsilon }: Norm,
  relu: boolean,
): BatchNormGradients {
  const { mean, variance, out } = result;
  if (!ownKernels()) {
    const dNormal = relu ? reluGradient(d, out) : d;
    const [dX, dGamma, dBeta] = fusedNormaliseGradient(dNormal, x, gamma, mean, variance, epsilon);
    if (relu) dNormal.dispose();
    return { x: dX, gamma: dGamma, beta: dBeta };
  }
  const [dX, dGamma, dBeta] = callKernel(
    "SonoNasNormaliseGradient",
    [flag("relu", relu), float("epsilon", epsilon)],
    [d, x, relu ? out : nothing(), gamma, mean, variance],
    [x.shape, gamma.shape, gamma.shape],
  );
  return { x: dX, gamma: dGamma, beta: dBeta } as BatchNormGradients;
}
