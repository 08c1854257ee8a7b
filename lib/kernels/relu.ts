import type { tf } from "../runtime/tensorflow";
import { flag } from "./attributes";
import { callKernel, isSoleOwner } from "./call";
import { ownKernels } from "./choose-kernels";
import { reluGradient } from "./tensorflow";

/**
 * The backward pass through a ReLU.
 *
 * @param d The gradient of its result; used up where nobody else holds its memory, and the caller's to dispose.
 * @param out Its result, of the same shape.
 * @returns The gradient of its input; the caller disposes it.
 */
export function reluGradients<Tensor extends tf.Tensor>(d: Tensor, out: tf.Tensor): Tensor {
  if (!ownKernels()) return reluGradient(d, out);
  return callKernel("SonoNasReluGradient", [flag("over", isSoleOwner(d))], [d, out], [d.shape])[0] as Tensor;
}
