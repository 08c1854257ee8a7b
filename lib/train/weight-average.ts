import { moveAverages } from "../kernels/moving-averages";
import { disposeBorrowed, newBorrowable } from "../kernels/borrowed-variables";
import type { WeightBank } from "../networks/weights/weight-bank";
import { tf } from "../runtime/tensorflow";
import type { StoredArray } from "../runs/state";
import { arraysOf, setWeights, tensorOf } from "./stored-weights";

/** Averages of weights over the steps of a training. */
export interface WeightAverage {
  /** Takes the weights as they are now into the averages. */
  update(): void;

  /** Copies the averages out. */
  arrays(prefix: string): Map<string, StoredArray>;

  /**
   * Carries on from averages that were copied out.
   *
   * @param arrays The numbers; others among them are left alone.
   */
  restore(arrays: ReadonlyMap<string, StoredArray>, prefix: string): void;

  dispose(): void;
}

/**
 * Keeps exponential averages of all weights, the moving means and variances included: average = decay · average + (1 -
 * decay) · weight, starting at the weights (Polyak and Juditsky, 1992; Tarvainen and Valpola, 2017).
 *
 * @param weights The weights; they stay as they are.
 * @param decay How much of the average stays at each step, 0 to below 1.
 * @returns The averages; whoever asked for them disposes of them.
 */
export function createWeightAverage(weights: WeightBank, decay: number): WeightAverage {
  const averages = new Map(
    // Numbers of their own, which the kernel that moves them borrows for long.
    weights.keys.map((key): [string, tf.Variable] => [key, newBorrowable(() => tf.add(weights.get(key), 0), false)]),
  );
  return {
    update() {
      const values = [...averages.keys()].map((key) => weights.get(key));
      moveAverages([...averages.values()], values, decay);
    },
    arrays: (prefix) => arraysOf(averages, prefix),
    restore(arrays, prefix) {
      for (const [key, average] of averages) {
        const value = tensorOf(arrays.get(prefix + key)!);
        average.assign(value);
        value.dispose();
      }
    },
    dispose() {
      disposeBorrowed(averages.values());
      averages.clear();
    },
  };
}

/**
 * Does something with other weights in the place of a network's, and puts these back.
 *
 * @param weights The weights; afterwards they are as before.
 */
export function withWeights<Result>(
  weights: WeightBank,
  arrays: ReadonlyMap<string, StoredArray>,
  prefix: string,
  work: () => Result,
): Result {
  const own = arraysOf(new Map(weights.keys.map((key) => [key, weights.get(key)])));
  setWeights(weights, arrays, prefix);
  try {
    return work();
  } finally {
    setWeights(weights, own);
  }
}
