import { tf } from "../runtime/tensorflow";
import { addTo, gradientMode, type Base } from "./accumulate";
import { integer } from "./attributes";
import { callKernel } from "./call";
import { ownKernels } from "./choose-kernels";

/** The largest of each channel over the whole image; the caller disposes it. */
export interface GlobalMaxResult {
  /** The largest numbers, `[batch, channels]`. */
  readonly out: tf.Tensor2D;
  /** At which pixel each was found, `[batch, channels]`, int32; null with TensorFlow's kernels. */
  readonly places: tf.Tensor2D | null;
}

/**
 * The largest of each channel over the whole image; the first one, row by row, of equal ones. What is not a number counts as the
 * largest with our own kernels.
 *
 * @param x The image, `[batch, height, width, channels]`.
 */
export function globalMax(x: tf.Tensor4D): GlobalMaxResult {
  if (!ownKernels()) return { out: tf.tidy(() => tf.max<tf.Tensor2D>(x, [1, 2])), places: null };
  const shape = [x.shape[0], x.shape[3]];
  const [out, places] = callKernel("SonoNasGlobalMax", [], [x], [shape, shape]);
  return { out, places } as GlobalMaxResult;
}

/**
 * The backward pass through {@link globalMax}. TensorFlow's hands the gradient to each of equal ones.
 *
 * @param d The gradient of its result, `[batch, channels]`.
 * @param x Its input; only its shape is used where the places are there.
 * @param result What it gave.
 * @param base What the gradient is added to.
 * @returns The gradient of the image; the caller disposes it.
 */
export function globalMaxGradients(
  d: tf.Tensor2D,
  x: tf.Tensor4D | { readonly shape: readonly [number, number, number, number] },
  { out, places }: GlobalMaxResult,
  base: Base,
): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  if (places === null) {
    return tf.tidy(() => {
      const each = (value: tf.Tensor2D) => tf.reshape(value, [batch, 1, 1, channels]);
      const found = tf.equal(x as tf.Tensor4D, each(out)).toFloat();
      return addTo(tf.mul<tf.Tensor4D>(found, each(d)), base);
    });
  }
  const onto = gradientMode(base);
  const attributes = [integer("height", height), integer("width", width), integer("mode", onto.mode)];
  return callKernel("SonoNasGlobalMaxGradient", attributes, [d, places, onto.base], [x.shape])[0] as tf.Tensor4D;
}
