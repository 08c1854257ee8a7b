import { disposeBorrowed, newBorrowable } from "../../kernels/borrowed-variables";
import { tf } from "../../runtime/tensorflow";

/**
 * Makes what an optimiser keeps beside a weight: zeros at first, in memory of their own, which our kernels borrow for long.
 *
 * @returns The moment, of the weight's shape; see {@link disposeMoments}.
 */
export function newMoment(weight: tf.Tensor): tf.Variable {
  return newBorrowable(() => tf.zerosLike(weight), false);
}

/**
 * Releases moments, and gives back what is borrowed of them.
 *
 * @param moments The moments by key; there are none afterwards.
 */
export function disposeMoments(moments: Map<string, tf.Variable>): void {
  disposeBorrowed(moments.values());
  moments.clear();
}
