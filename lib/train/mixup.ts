import type { RandomGenerator } from "../runtime/random";
import { tf } from "../runtime/tensorflow";

/** A batch whose images are blended. */
export interface Mixed {
  /** The images, `[batch, height, width, channels]`; the caller disposes them. */
  readonly images: tf.Tensor4D;
  /** What is to be learned, `[batch, classes]`, row by row. */
  readonly targets: Float32Array;
  /** The weight of each image in the loss, `[batch]`. */
  readonly weights: Float32Array;
}

/**
 * Blends each image of a batch with another, and what is to be learned in the same shares (Zhang et al., "mixup", 2018): one
 * share a batch, from a beta distribution.
 *
 * @param images `[batch, height, width, channels]`; they stay the caller's.
 * @param targets `[batch, classes]`, row by row.
 * @param weights The weight of each image in the loss, `[batch]`.
 * @param alpha Both parameters of the beta distribution, above 0; published: 0.1 to 0.4.
 */
export function mixUp(
  images: tf.Tensor4D,
  targets: Float32Array,
  weights: Float32Array,
  alpha: number,
  random: RandomGenerator,
): Mixed {
  const share = drawBeta(alpha, random);
  const batch = weights.length;
  const others = random.permutation(batch);
  const classes = targets.length / batch;
  const blend = (values: Float32Array, width: number) =>
    values.map((value, place) => {
      const [row, column] = [Math.floor(place / width), place % width];
      return share * value + (1 - share) * values[others[row]! * width + column]!;
    });
  return {
    images: tf.tidy(() =>
      tf.add<tf.Tensor4D>(tf.mul(images, share), tf.mul(tf.gather(images, tf.tensor1d(others, "int32")), 1 - share)),
    ),
    targets: blend(targets, classes),
    weights: blend(weights, 1),
  };
}

/**
 * Draws from a beta distribution with two equal parameters.
 *
 * @param alpha Both parameters, above 0.
 * @returns A number from 0 to 1.
 */
export function drawBeta(alpha: number, random: RandomGenerator): number {
  const [one, other] = [logGamma(alpha, random), logGamma(alpha, random)];
  // By logarithms: for a small alpha, both draws may be too small for a number.
  return 1 / (1 + Math.exp(other - one));
}

// The logarithm of a draw from a gamma distribution of scale 1 (Marsaglia and Tsang, "A simple method for generating gamma
// variables", ACM Transactions on Mathematical Software 26:363-372, 2000).
function logGamma(shape: number, random: RandomGenerator): number {
  if (shape < 1) return logGamma(shape + 1, random) + Math.log(1 - random.uniform()) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return Math.log(d * v);
  }
}
