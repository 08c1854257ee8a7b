import type { WeightBank } from "../networks/weights/weight-bank";
import type { StoredArray } from "../runs/state";
import type { Optimiser } from "./optimiser";
import { setWeights, weightArrays } from "./stored-weights";
import { withWeights, type WeightAverage } from "./weight-average";

/** What a learner of whatever kind has learned: weights, what its optimiser remembers, and averages of the weights. */
export abstract class LearnedState {
  abstract readonly weights: WeightBank;
  protected abstract readonly optimiser: Optimiser;
  /** Null where none is kept. */
  protected abstract readonly average: WeightAverage | null;

  /** Copies out the weights that would be kept now: averaged ones, where averages are kept. */
  kept(prefix: string): Map<string, StoredArray> {
    return this.average?.arrays(prefix) ?? weightArrays(this.weights, prefix);
  }

  /** Does something with the weights as they would be kept now. */
  protected withKept<Result>(work: () => Result): Result {
    const { average, weights } = this;
    return average === null ? work() : withWeights(weights, average.arrays(""), "", work);
  }

  /** Copies out all that has been learned. */
  arrays(): Map<string, StoredArray> {
    return new Map([
      ...weightArrays(this.weights, "weights/"),
      ...this.optimiser.arrays("optimiser/"),
      ...(this.average?.arrays("average/") ?? []),
    ]);
  }

  /**
   * Goes on from what an earlier learner with the same options had learned.
   *
   * @param steps How many steps it had made.
   */
  restore(arrays: ReadonlyMap<string, StoredArray>, steps: number): void {
    setWeights(this.weights, arrays, "weights/");
    this.optimiser.restore(arrays, "optimiser/", steps);
    this.average?.restore(arrays, "average/");
  }

  /** Releases all but the weights, which become the caller's to dispose. */
  takeWeights(): WeightBank {
    this.optimiser.dispose();
    this.average?.dispose();
    return this.weights;
  }

  /** Releases everything. */
  dispose(): void {
    this.takeWeights().dispose();
  }
}
