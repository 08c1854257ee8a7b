import { markOwn } from "../../kernels/tensorflow-call";
import { momentumStep, type MomentumOptions } from "../../kernels/optimisers";
import { disposeMoments, newMoment } from "./moments";
import { tf } from "../../runtime/tensorflow";
import type { WeightBank } from "../weights/weight-bank";

/** Gradient descent with momentum over weights of which each step uses some. */
export interface MomentumOptimiser {
  /** What each weight's steps have left, by key, in the order in which they were first used; they stay the optimiser's. */
  readonly moments: ReadonlyMap<string, tf.Variable>;

  /**
   * Changes the weights that have a gradient, in place. The others, and their moments, stay as they are.
   *
   * @param gradients The gradients by key; they stay the caller's.
   * @param rate The learning rate, above 0.
   * @returns The norm of all gradients together, before it was bounded.
   */
  step(gradients: ReadonlyMap<string, tf.Tensor>, rate: number): number;

  /**
   * Sets the moments to those that an earlier optimiser had, to carry on from there. Moments that are not given start at 0.
   *
   * @param moments The moments by key, of the weights' shapes; they stay the caller's.
   */
  restore(moments: ReadonlyMap<string, tf.Tensor>): void;

  dispose(): void;
}

/**
 * Makes an optimiser of gradient descent with momentum; see {@link momentumStep} for the formula.
 *
 * @returns The optimiser, without moments yet; whoever asked for it disposes of it.
 */
export function createMomentumOptimiser(
  weights: WeightBank,
  options: Omit<MomentumOptions, "rate">,
): MomentumOptimiser {
  const moments = new Map<string, tf.Variable>();
  const momentOf = (key: string) => {
    const known = moments.get(key);
    if (known !== undefined) return known;
    const fresh = newMoment(weights.get(key));
    moments.set(key, fresh);
    return fresh;
  };
  return {
    moments,
    step(gradients, rate) {
      const keys = [...gradients.keys()];
      const norm = momentumStep(
        keys.map((key) => weights.get(key)),
        keys.map(momentOf),
        [...gradients.values()],
        {
          ...options,
          rate,
        },
      );
      const [value] = norm.dataSync();
      norm.dispose();
      return value!;
    },
    restore(given) {
      disposeMoments(moments);
      for (const [key, value] of given) {
        // Numbers of its own: kernels change moments in place.
        const copy = markOwn(tf.tidy(() => tf.add(value, 0)));
        momentOf(key).assign(copy);
        copy.dispose();
      }
    },
    dispose() {
      disposeMoments(moments);
    },
  };
}
