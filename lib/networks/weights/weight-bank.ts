import type { NamedWeight } from "../../graph/named-weights";
import { disposeBorrowed, newBorrowable } from "../../kernels/borrowed-variables";
import { Problem } from "../../runtime/problem";
import type { RandomGenerator } from "../../runtime/random";
import { tf } from "../../runtime/tensorflow";
import { initialValue, weightKeyOf } from "./initial-values";

/** Weights by key: those that networks share, or those of one network. */
export interface WeightBank {
  /** The keys of all weights, in a fixed order. */
  readonly keys: readonly string[];

  /** Says whether training changes a weight. */
  isTrainable(key: string): boolean;

  /**
   * Gives a weight.
   *
   * @param key Its key, "layer2/node3/x/norm/gamma".
   * @throws {Problem} Where there is none.
   */
  get(key: string): tf.Variable;

  /**
   * Gives a weight by the names of its node and of the weight within the layer.
   *
   * @throws {Problem} Where there is none.
   */
  readonly of: (node: string, weight: string) => tf.Variable;

  dispose(): void;
}

/**
 * Makes weights with the values that they start with.
 *
 * @param random Their chance; each draws from a generator of its own, split off by its key, so that one more weight changes
 *   no other.
 * @returns The weights; whoever asked for them disposes them.
 */
export function createWeights(weights: readonly NamedWeight[], random: RandomGenerator): WeightBank {
  const entries = weights.map(({ key, specification }): [string, tf.Variable] => {
    const values = initialValue(specification, random.split(key));
    // Numbers that are copied to TensorFlow: their memory is the variable's alone.
    return [key, newBorrowable(() => tf.tensor(values, [...specification.shape]), specification.trainable)];
  });
  return bankOf(new Map(entries), true);
}

/** Makes a bank of variables that are there already, and are released with it where it owns them. */
export function bankOf(variables: ReadonlyMap<string, tf.Variable>, owned: boolean): WeightBank {
  // A step asks for hundreds of them: two short names are found sooner than one that is put together first.
  const byNode = new Map<string, Map<string, tf.Variable>>();
  const get = (key: string) => {
    const variable = variables.get(key);
    if (variable !== undefined) return variable;
    throw new Problem(
      `There is no weight ${key} among ${variables.size}.`,
      "Give the network the weights of its own space, size and settings.",
    );
  };
  return {
    keys: [...variables.keys()],
    isTrainable: (key) => get(key).trainable,
    get,
    of(node, weight) {
      let named = byNode.get(node);
      if (named === undefined) byNode.set(node, (named = new Map<string, tf.Variable>()));
      const known = named.get(weight);
      if (known !== undefined) return known;
      const found = get(weightKeyOf(node, weight));
      named.set(weight, found);
      return found;
    },
    dispose() {
      if (owned) disposeBorrowed(variables.values());
    },
  };
}
