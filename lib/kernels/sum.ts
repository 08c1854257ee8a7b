import { tf } from "../runtime/tensorflow";
import { flag, integer } from "./attributes";
import { callKernel } from "./call";
import { nothing } from "./tensorflow-call";
import { ownKernels } from "./choose-kernels";
import { plain, type Readable } from "./normalised";

/** The most values that one call adds. */
const most = 32;

/**
 * Adds values up, each taken as it is or with the normalisation that was left to its reader. Of one value it makes the
 * normalised numbers.
 *
 * @param values The values, at least one, of one shape.
 * @param relu Whether the sum is cut off at 0; default: no.
 * @returns The sum, `[batch, height, width, channels]`; the caller disposes it.
 */
export function sum(values: readonly Readable[], relu = false): tf.Tensor4D {
  if (!ownKernels() || values.length > most) {
    return tf.tidy(() => {
      const added = tf.addN(values.map(plain));
      return relu ? tf.relu(added) : added;
    });
  }
  const tensors = [
    ...values.map(({ value }) => value),
    ...values.map(({ scale }) => scale ?? nothing()),
    ...values.map(({ shift }) => shift ?? nothing()),
  ];
  const affine = values.map(({ scale }) => (scale === null ? 0 : 1));
  const attributes = [integer("N", values.length), flag("relu", relu), integer("affine", affine)];
  return callKernel("SonoNasSum", attributes, tensors, [values[0]!.value.shape])[0] as tf.Tensor4D;
}
