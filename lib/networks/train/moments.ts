import { disposeLent, newLendable } from "../../kernels/standing-loan";
import { tf } from "../../runtime/tensorflow";

/**
 * Makes what an optimiser keeps beside a weight: zeros at first, in memory of their own that stays lent to our kernels.
 *
 * @param weight The weight.
 * @returns The moment, of the weight's shape; see {@link disposeMoments}.
 */
export function newMoment(weight: tf.Tensor): tf.Variable {
  return newLendable(() => tf.zerosLike(weight), false);
}

/**
 * Releases moments, and ends what is lent of them.
 *
 * @param moments The moments by key; there are none afterwards.
 */
export function disposeMoments(moments: Map<string, tf.Variable>): void {
  disposeLent(moments.values());
  moments.clear();
}
