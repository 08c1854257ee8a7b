import type { tf } from "../runtime/tensorflow";
import type { KernelAttribute } from "./attributes";
import { callDirect } from "./direct-call";
import { isDirect } from "./direct-tensor";
import { callTensorflow, ownsAlone } from "./tensorflow-call";

/**
 * Calls one of our own kernels: past TensorFlow where an input is in memory of our own, its outputs are then there as well;
 * by TensorFlow elsewhere. Nothing is recorded for `tf.grad`.
 *
 * @param outputs The shapes of its outputs; null for one that nobody wants.
 * @returns The outputs, null where nobody wants one; the caller disposes them.
 */
export function callKernel(
  name: string,
  attributes: readonly KernelAttribute[],
  inputs: readonly tf.Tensor[],
  outputs: readonly (readonly number[] | null)[],
): (tf.Tensor | null)[] {
  if (inputs.some(isDirect)) return callDirect(name, attributes, inputs, outputs);
  return callTensorflow(name, attributes, inputs, outputs.length).map((output, index) => {
    if (outputs[index] !== null) return output;
    output.dispose();
    return null;
  });
}

/**
 * Says whether a tensor's memory is its own: it was made for it (see {@link markOwn}), and no clone holds it, too. What
 * TensorFlow has made on its memory afterwards, by `tf.reshape` for example, cannot be seen from here.
 *
 * @returns True where it may be changed in place.
 */
export function isSoleOwner(tensor: tf.Tensor): boolean {
  return isDirect(tensor) ? tensor.isAlone : ownsAlone(tensor);
}
