import { tf } from "../runtime/tensorflow";
import { isSoleOwner } from "./call";
import { markOwn, nothing } from "./tensorflow-call";

/**
 * A gradient that another one is to be added to, and null where there is none yet. Where nobody else holds its memory the
 * sum is written over it: whoever passes a base disposes it afterwards and goes on with what came out.
 */
export type Base = tf.Tensor | null;

/** How a kernel hands over the gradient of an input; the numbers are those of the kernels. */
export const gradientModes = { unwanted: -1, alone: 0, added: 1, inPlace: 2, withPrevious: 3, over: 4 } as const;

/**
 * Chooses how a gradient is handed over.
 *
 * @param base What it is to be added to.
 * @returns The mode and the tensor to pass to the kernel.
 */
export function gradientMode(base: Base): { mode: number; base: tf.Tensor } {
  if (base === null) return { mode: gradientModes.alone, base: nothing() };
  return { mode: isSoleOwner(base) ? gradientModes.inPlace : gradientModes.added, base };
}

/**
 * Chooses how a gradient is handed over by a kernel that can write it over the gradient of its output.
 *
 * @param base What it is to be added to.
 * @param d The gradient of the output; used up where nobody else holds its memory.
 * @param shape The shape of the input.
 * @returns The mode and the tensor to pass to the kernel.
 */
export function gradientModeOver(
  base: Base,
  d: tf.Tensor,
  shape: readonly number[],
): { mode: number; base: tf.Tensor } {
  const over = base === null && isSoleOwner(d) && d.shape.every((size, axis) => size === shape[axis]);
  return over ? { mode: gradientModes.over, base: nothing() } : gradientMode(base);
}

/**
 * Adds a gradient to its base, for kernels that cannot.
 *
 * @param gradient The gradient; disposed here where there is a base.
 * @param base What it is added to; stays the caller's.
 * @returns The sum, a tensor of its own.
 */
export function addTo<Tensor extends tf.Tensor>(gradient: Tensor, base: Base): Tensor {
  if (base === null) return gradient;
  const sum = markOwn(tf.add<Tensor>(base, gradient));
  gradient.dispose();
  return sum;
}
