import type { Window } from "../graph/layer";
import type { tf } from "../runtime/tensorflow";
import type { Base } from "./accumulate";
import { batchNormForReader, batchNormGradients } from "./batch-norm";
import { convolution, convolutionGradients } from "./convolution";
import type { Norm, Normalised } from "./normalised";
import { patches, patchesGradients, takesPatches } from "./patches";

/**
 * A convolution over all channels with the statistics of the batch normalisation behind it, which is left to the reader. Of images
 * they are found while the values are at hand.
 *
 * @param x The image, `[batch, height, width, channels]`.
 * @param kernel The weights, `[size, size, channels, filters]`.
 * @param window Size, stride and padding.
 * @param norm The batch normalisation.
 * @returns Its values and statistics; the caller disposes them.
 */
export function convolutionNorm(x: tf.Tensor4D, kernel: tf.Tensor4D, window: Window, norm: Norm): Normalised {
  if (takesPatches(kernel)) return patches(x, kernel, window, norm);
  const value = convolution(x, kernel, window);
  const result = batchNormForReader(value, norm);
  value.dispose();
  return result;
}

/** The gradients of a convolution and the batch normalisation behind it; the caller disposes them. */
export interface ConvolutionNormGradients {
  /** Of the input, added to the base; null where unwanted. */
  readonly x: tf.Tensor4D | null;
  /** Of the convolution's weights. */
  readonly kernel: tf.Tensor4D;
  /** Of the normalisation's scale. */
  readonly gamma: tf.Tensor1D;
  /** Of the normalisation's shift. */
  readonly beta: tf.Tensor1D;
}

/**
 * The backward pass through {@link convolutionNorm}.
 *
 * @param d The gradient of the normalised values.
 * @param result What the forward pass gave.
 * @param x The input of the forward pass.
 * @param kernel The weights.
 * @param window Size, stride and padding.
 * @param norm The batch normalisation.
 * @param base What the input's gradient is added to; "unwanted" where it is not needed, as for images.
 * @param given The sums for the normalisation, `[2, filters]`, as in {@link GradientSums}; null: they are found here.
 */
export function convolutionNormGradients(
  d: tf.Tensor4D,
  result: Normalised,
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  window: Window,
  norm: Norm,
  base: Base | "unwanted",
  given: tf.Tensor2D | null = null,
): ConvolutionNormGradients {
  if (takesPatches(kernel) && base === "unwanted") {
    return { x: null, ...patchesGradients(d, result, x, kernel, window, norm, given) } as ConvolutionNormGradients;
  }
  const { value, mean, variance } = result;
  const { x: dValue, gamma, beta } = batchNormGradients(d, value, { out: d, mean, variance }, norm, false);
  const gradients = convolutionGradients(dValue, x, kernel, window, base);
  dValue.dispose();
  return { ...gradients, gamma, beta };
}
