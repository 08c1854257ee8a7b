import type { Window } from "../../graph/layer";
import { ownKernels } from "../../kernels/choose-kernels";
import { convolution, convolutionGradients } from "../../kernels/convolution";
import { depthwise, depthwiseGradients } from "../../kernels/depthwise";
import type { tf } from "../../runtime/tensorflow";
import { backwardIsRecorded } from "./recording";
import type { KernelReplacement } from "./replace-kernel";
import { windowOf, type WindowAttributes } from "./window";

/**
 * 1 × 1 convolution by our own kernels, which compute both gradients at once. Of larger windows, TensorFlow.js's gradients
 * are TensorFlow's kernels, and stay.
 */
export const convolutionReplacement: KernelReplacement = replacementOf(
  "Conv2D",
  (window) => window.size === 1,
  convolution,
  (d, x, kernel, window) => convolutionGradients(d, x, kernel, window, null),
);

/** Convolution of each channel by itself, by our own kernels, which compute both gradients at once. */
export const depthwiseReplacement: KernelReplacement = replacementOf(
  "DepthwiseConv2dNative",
  (window, kernel) => kernel.shape[3] === 1 && [3, 5, 7].includes(window.size),
  depthwise,
  (d, x, kernel, window) => depthwiseGradients(d, x, kernel, window, null),
);

function replacementOf(
  name: string,
  takes: (window: Window, kernel: tf.Tensor4D) => boolean,
  forward: (x: tf.Tensor4D, kernel: tf.Tensor4D, window: Window) => tf.Tensor4D,
  backward: (
    d: tf.Tensor4D,
    x: tf.Tensor4D,
    kernel: tf.Tensor4D,
    window: Window,
  ) => { x: tf.Tensor4D | null; kernel: tf.Tensor4D },
): KernelReplacement {
  // The window, where our kernels are to compute it.
  const read = (x: tf.Tensor4D, kernel: tf.Tensor4D, attributes: unknown): Window | null => {
    if (!ownKernels() || x.dtype !== "float32" || kernel.dtype !== "float32" || x.size === 0) return null;
    const window = windowOf(kernel.shape.slice(0, 2), attributes as WindowAttributes);
    return window !== null && takes(window, kernel) ? window : null;
  };
  return {
    name,
    forward: (stock) => (call) => {
      const { x, filter } = call.inputs as { x: tf.Tensor4D; filter: tf.Tensor4D };
      const window = read(x, filter, call.attrs);
      return window === null ? stock(call) : forward(x, filter, window);
    },
    gradient: (stock) => ({
      inputsToSave: ["x", "filter"],
      gradFunc(d, saved, attributes) {
        const [x, filter] = saved as [tf.Tensor4D, tf.Tensor4D];
        const window = read(x, filter, attributes);
        if (window === null || backwardIsRecorded()) return stock.gradFunc(d, saved, attributes);
        const gradients = backward(d as tf.Tensor4D, x, filter, window);
        return { x: () => gradients.x!, filter: () => gradients.kernel };
      },
    }),
  };
}
