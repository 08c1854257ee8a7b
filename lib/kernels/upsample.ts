import { tf } from "../runtime/tensorflow";
import type { Base } from "./accumulate";
import { ownKernels } from "./choose-kernels";
import { plain, type Readable } from "./normalised";
import { averagePoolGradients, averagePoolOnto } from "./pools";
import { sum } from "./sum";

/** The window of an upsampling by a factor: each of its squares is one. */
const squares = (factor: number) => ({ size: factor, stride: factor, padding: "valid" as const });

/**
 * Makes an image larger: each pixel becomes a square of equal ones. It is the backward pass of an average pool of such squares, times
 * their pixels, and computed by that.
 *
 * @param x The image, `[batch, height, width, channels]`.
 * @param factor By how much each side grows, from 2.
 * @returns `[batch, height · factor, width · factor, channels]`; the caller disposes it.
 */
export function upsample(x: Readable, factor: number): tf.Tensor4D {
  const [batch, height, width, channels] = x.value.shape;
  const size = [height * factor, width * factor] as const;
  if (!ownKernels()) {
    return tf.tidy(() => {
      const image = plain(x);
      return tf.image.resizeNearestNeighbor(image, [...size]);
    });
  }
  const scaled = timesPixels(x, factor);
  const raised = sum([scaled.readable]);
  const larger = averagePoolGradients(raised, [batch, ...size, channels], squares(factor), null);
  raised.dispose();
  scaled.dispose();
  return larger;
}

/**
 * The backward pass through {@link upsample}: the sum over each square.
 *
 * @param d The gradient of its result.
 * @param base What the gradient is added to.
 * @returns The gradient of the image; the caller disposes it.
 */
export function upsampleGradients(d: tf.Tensor4D, factor: number, base: Base): tf.Tensor4D {
  const scaled = timesPixels({ value: d, scale: null, shift: null }, factor);
  const addend = base === null ? null : { value: base as tf.Tensor4D, scale: null, shift: null };
  const gradient = averagePoolOnto(scaled.readable, squares(factor), addend);
  scaled.dispose();
  return gradient;
}

// An image times the pixels of a square, which is left to its reader; with the normalisation that is left to it, too.
function timesPixels({ value, scale, shift }: Readable, factor: number): { readable: Readable; dispose(): void } {
  const channels = value.shape[3];
  const [times, plus] = tf.tidy(() => [
    scale === null ? tf.fill<tf.Rank.R1>([channels], factor ** 2) : tf.mul<tf.Tensor1D>(scale, factor ** 2),
    shift === null ? tf.zeros<tf.Rank.R1>([channels]) : tf.mul<tf.Tensor1D>(shift, factor ** 2),
  ]);
  return {
    readable: { value, scale: times, shift: plus },
    dispose() {
      tf.dispose([times, plus]);
    },
  };
}
