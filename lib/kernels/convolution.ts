import type { Window } from "../graph/layer";
import { tf } from "../runtime/tensorflow";
import { addTo, gradientMode, gradientModes, type Base } from "./accumulate";
import { integer } from "./attributes";
import { callKernel } from "./call";
import { nothing } from "./tensorflow-call";
import { patches, patchesGradients, takesPatches } from "./patches";
import { pointwise, pointwiseGradients, type PointwiseInput, type PointwiseOptions } from "./pointwise";
import { ownKernels } from "./choose-kernels";
import { asItIs } from "./normalised";
import { rowConvolution, rowConvolutionGradients, takesRows } from "./row-convolution";
import { windowedShape } from "./windowed-shape";
import { convolutionInputGradient, convolutionKernelGradient } from "./tensorflow";

/**
 * A convolution over all channels.
 *
 * @param x The image, `[batch, height, width, channels]`.
 * @param kernel The weights, `[size, size, channels, filters]`.
 * @param window Size, stride and padding.
 * @returns The result; the caller disposes it.
 */
export function convolution(x: tf.Tensor4D, kernel: tf.Tensor4D, window: Window): tf.Tensor4D {
  if (takesPointwise(window, kernel)) return pointwise([asInput(x, kernel)], optionsOf(window), null);
  if (takesWinograd(window, kernel, x)) {
    return callKernel(
      "SonoNasConvolution",
      [],
      [x, kernel],
      [windowedShape(x.shape, window, kernel.shape[3])],
    )[0] as tf.Tensor4D;
  }
  if (takesPatches(kernel)) return patches(x, kernel, window, null);
  if (takesRows(window, kernel)) return rowConvolution({ x: asItIs(x), relu: false, kernel, window }, null);
  return tf.tidy(() => tf.conv2d(x, kernel, window.stride, window.padding));
}

/**
 * The backward pass through {@link convolution}.
 *
 * @param d The gradient of its result.
 * @param x Its input.
 * @param kernel Its weights.
 * @param window Size, stride and padding.
 * @param base What the input's gradient is added to; "unwanted" where it is not needed, as for images.
 * @returns The gradients of input, null where unwanted, and weights; the caller disposes them.
 */
export function convolutionGradients(
  d: tf.Tensor4D,
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  window: Window,
  base: Base | "unwanted",
): { x: tf.Tensor4D | null; kernel: tf.Tensor4D } {
  if (takesPointwise(window, kernel)) {
    const gradients = pointwiseGradients(d, null, [asInput(x, kernel)], optionsOf(window), null, [base]);
    return { x: gradients.x[0]!, kernel: gradients.kernels[0]! };
  }
  if (takesWinograd(window, kernel, x)) {
    const onto = base === "unwanted" ? { mode: gradientModes.unwanted, base: nothing() } : gradientMode(base);
    const outputs = callKernel(
      "SonoNasConvolutionGradient",
      [integer("mode", onto.mode)],
      [d, x, kernel, onto.base],
      [base === "unwanted" ? null : x.shape, kernel.shape],
    );
    const [dX, dKernel] = outputs as [tf.Tensor4D | null, tf.Tensor4D];
    return { x: dX, kernel: dKernel };
  }
  if (takesPatches(kernel) && base === "unwanted") {
    return { x: null, kernel: patchesGradients(d, null, x, kernel, window, null).kernel };
  }
  if (takesRows(window, kernel)) {
    return rowConvolutionGradients(d, { x: asItIs(x), relu: false, kernel, window }, null, base, null);
  }
  const { stride, padding } = window;
  return {
    x: base === "unwanted" ? null : addTo(convolutionInputGradient(d, x.shape, kernel, stride, padding), base),
    kernel: convolutionKernelGradient(d, x, kernel.shape, stride, padding),
  };
}

/**
 * Says whether a convolution takes its input in whatever form it is: normalised or not, and cut off at 0 or not.
 *
 * @param shape The input's shape, `[batch, height, width, channels]`.
 */
export function takesReadable(window: Window, kernel: tf.Tensor4D, shape: readonly number[]): boolean {
  if (takesPatches(kernel) || takesPointwise(window, kernel)) return false;
  return takesRows(window, kernel) && !takesWinograd(window, kernel, { shape });
}

// Our own product of matrices is made for few channels; with many TensorFlow's blocking is the better one.
function takesPointwise({ size, stride }: Window, kernel: tf.Tensor4D): boolean {
  return ownKernels() && size === 1 && stride <= 2 && kernel.shape[2] * kernel.shape[3] <= 256 * 256;
}

// Winograd's transforms pay where each of their numbers serves many products, and those of the weights where there are many
// more pixels than channels: bounds found by measurement.
function takesWinograd(
  { size, stride, padding }: Window,
  kernel: tf.Tensor4D,
  x: { readonly shape: readonly number[] },
): boolean {
  if (!ownKernels() || size !== 3 || stride !== 1 || padding !== "same") return false;
  const [, , channels, filters] = kernel.shape;
  const pixels = x.shape.slice(0, 3).reduce((product, length) => product * length, 1);
  return Math.min(channels, filters) >= 32 && pixels >= 4 * Math.max(channels, filters);
}

const asInput = (x: tf.Tensor4D, kernel: tf.Tensor4D): PointwiseInput => ({ x, kernel, shifted: false });
const optionsOf = ({ stride }: Window): PointwiseOptions => ({ relu: false, stride, combine: "sum" });
