import type { tf } from "../runtime/tensorflow";
import type { KernelAttribute } from "./attributes";
import { callDirect } from "./direct-call";
import { isDirect } from "./direct-tensor";
import { callTensorflow, ownsAlone } from "./tensorflow-call";

/** What the names of our own kernels begin with. */
const prefix = "SonoNas";

/**
 * Calls a kernel by name, past TensorFlow.js's own functions: nothing is recorded for `tf.grad`. One of ours is called past
 * TensorFlow, too, where an input is in memory of our own; its outputs are then there as well.
 *
 * @param name Its name.
 * @param attributes Its attributes.
 * @param inputs Its inputs.
 * @param outputs How many outputs it has.
 * @returns The outputs; the caller disposes them.
 */
export function callKernel(
  name: string,
  attributes: readonly KernelAttribute[],
  inputs: readonly tf.Tensor[],
  outputs: number,
): tf.Tensor[] {
  const direct = name.startsWith(prefix) && inputs.some(isDirect);
  return direct ? callDirect(name, attributes, inputs) : callTensorflow(name, attributes, inputs, outputs);
}

/**
 * Says whether a tensor's memory is its own: it was made for it (see {@link markOwn}), and no clone holds it, too. What
 * TensorFlow has made on its memory afterwards, by `tf.reshape` for example, cannot be seen from here.
 *
 * @param tensor The tensor.
 * @returns True where it may be changed in place.
 */
export function isSoleOwner(tensor: tf.Tensor): boolean {
  return isDirect(tensor) ? tensor.isAlone : ownsAlone(tensor);
}
