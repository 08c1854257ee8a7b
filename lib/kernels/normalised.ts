import { tf } from "../runtime/tensorflow";
import { fusedNormalise } from "./tensorflow";

/**
 * What a batch normalisation in training gives. Our own kernels leave it to the reader to take each channel as value · scale
 * + shift; TensorFlow's have done it.
 */
export interface Normalised {
  /** The values before the normalisation, `[batch, height, width, channels]`. */
  readonly value: tf.Tensor4D;
  /** The batch's mean, `[channels]`. */
  readonly mean: tf.Tensor1D;
  /** The batch's variance, divided by the count of pixels, `[channels]`. */
  readonly variance: tf.Tensor1D;
  /** gamma / √(variance + epsilon), `[channels]`; null where the normalised values are there. */
  readonly scale: tf.Tensor1D | null;
  /** beta - mean · scale, `[channels]`; null where the normalised values are there. */
  readonly shift: tf.Tensor1D | null;
  /** The normalised values; null where they are left to the reader. */
  readonly normal: tf.Tensor4D | null;
}

/**
 * How a reader is to take a normalised value.
 *
 * @param normalised What the normalisation gave.
 * @returns The same tensors.
 */
export function readableOf({ value, scale, shift, normal }: Normalised): Readable {
  return normal === null ? { value, scale, shift } : asItIs(normal);
}

/** The weights of a batch normalisation and what is added to its variance. */
export interface Norm {
  /** The scale, `[channels]`. */
  readonly gamma: tf.Tensor1D;
  /** The shift, `[channels]`. */
  readonly beta: tf.Tensor1D;
  /** Added to the variance. */
  readonly epsilon: number;
}

/** A value as it is, or one whose normalisation was left to its reader. */
export interface Readable {
  /** The values, `[batch, height, width, channels]`. */
  readonly value: tf.Tensor4D;
  /** Scale of each channel, `[channels]`; null for values as they are. */
  readonly scale: tf.Tensor1D | null;
  /** Shift of each channel, `[channels]`; null for values as they are. */
  readonly shift: tf.Tensor1D | null;
}

/**
 * Says that a value is to be taken as it is.
 *
 * @param value The value, `[batch, height, width, channels]`.
 * @returns The same tensor.
 */
export function asItIs(value: tf.Tensor4D): Readable {
  return { value, scale: null, shift: null };
}

/**
 * Computes scale and shift of a batch normalisation from mean and variance.
 *
 * @param norm Its weights.
 * @param mean The mean, of the batch or a moving one, `[channels]`.
 * @param variance The variance, `[channels]`.
 * @returns Both, `[channels]`; the caller disposes them.
 */
export function scaleAndShift(
  norm: Norm,
  mean: tf.Tensor1D,
  variance: tf.Tensor1D,
): { scale: tf.Tensor1D; shift: tf.Tensor1D } {
  return tf.tidy(() => {
    const scale: tf.Tensor1D = tf.mul(norm.gamma, tf.rsqrt(tf.add(variance, norm.epsilon)));
    return { scale, shift: tf.sub(norm.beta, tf.mul(mean, scale)) };
  });
}

/**
 * Gives the shapes of what our own kernels find for a batch normalisation: mean, variance, scale and shift.
 *
 * @param norm The batch normalisation; null for none, of which nobody wants them.
 */
export function statisticsShapes(norm: Norm | null): (readonly number[] | null)[] {
  return Array<readonly number[] | null>(4).fill(norm === null ? null : norm.gamma.shape);
}

/**
 * Normalises by the batch in TensorFlow's kernels.
 *
 * @param value The values; they go into the result.
 * @param norm The normalisation's weights.
 * @returns The values, before and after, and what the batch gives; the caller disposes all.
 */
export function normaliseByTensorflow(value: tf.Tensor4D, norm: Norm): Normalised {
  const { out, mean, variance } = fusedNormalise(value, norm.gamma, norm.beta, norm.epsilon);
  return { value, mean, variance, scale: null, shift: null, normal: out };
}

/**
 * Takes a value as its reader is to see it.
 *
 * @param readable The value.
 * @returns The numbers, a tensor of its own; the caller disposes it.
 */
export function plain({ value, scale, shift }: Readable): tf.Tensor4D {
  if (scale === null || shift === null) return tf.clone(value);
  return tf.tidy(() => tf.add(tf.mul(value, scale), shift));
}
