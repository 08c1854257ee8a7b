import { tf } from "../runtime/tensorflow";
import { addTo, gradientMode, type Base } from "./accumulate";
import { flag, integer } from "./attributes";
import { callKernel } from "./call";
import { ownKernels } from "./choose-kernels";
import { plain, type Readable } from "./normalised";
import { reluGradient } from "./tensorflow";
import { nothing } from "./tensorflow-call";

/**
 * The mean over the whole image, after a ReLU if asked for.
 *
 * @param x The image, `[batch, height, width, channels]`.
 * @param relu Whether it is cut off at 0 before.
 * @returns The means, `[batch, channels]`; the caller disposes them.
 */
export function globalAverage(x: Readable, relu: boolean): tf.Tensor2D {
  if (!ownKernels()) {
    return tf.tidy(() => {
      const seen = plain(x);
      return tf.mean<tf.Tensor2D>(relu ? tf.relu(seen) : seen, [1, 2]);
    });
  }
  const attributes = [flag("relu", relu), flag("affine", x.scale !== null)];
  const inputs = [x.value, x.scale ?? nothing(), x.shift ?? nothing()];
  return callKernel("SonoNasGlobalAverage", attributes, inputs, [
    [x.value.shape[0], x.value.shape[3]],
  ])[0] as tf.Tensor2D;
}

/**
 * The backward pass through {@link globalAverage}.
 *
 * @param d The gradient of the means, `[batch, channels]`.
 * @param x The image where it was cut off at 0; null where it was not.
 * @param shape The image's shape, `[batch, height, width, channels]`.
 * @param base What the gradient is added to.
 * @returns The gradient of the image as it was read; the caller disposes it.
 */
export function globalAverageGradients(
  d: tf.Tensor2D,
  x: Readable | null,
  shape: readonly [number, number, number, number],
  base: Base,
): tf.Tensor4D {
  const [batch, height, width, channels] = shape;
  if (!ownKernels()) {
    return tf.tidy(() => {
      const each = tf.reshape(tf.div(d, height * width), [batch, 1, 1, channels]);
      const spread = tf.tile(each, [1, height, width, 1]) as tf.Tensor4D;
      return addTo(x === null ? spread : reluGradient(spread, plain(x)), base);
    });
  }
  const onto = gradientMode(base);
  const affine = x !== null && x.scale !== null;
  const [dX] = callKernel(
    "SonoNasGlobalAverageGradient",
    [
      ...[flag("relu", x !== null), flag("affine", affine)],
      ...[integer("height", height), integer("width", width), integer("mode", onto.mode)],
    ],
    [d, x?.value ?? nothing(), x?.scale ?? nothing(), x?.shift ?? nothing(), onto.base],
    [shape],
  );
  return dX as tf.Tensor4D;
}
