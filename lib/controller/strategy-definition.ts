import type * as v from "valibot";

import type { RandomGenerator } from "../runtime/random";
import type { Json, StoredArray } from "../runs/state";
import type { Architecture, Space } from "../space/kinds";
import type { Rewarded } from "./open-proposals";
import type { Learned } from "./strategy";

/**
 * A strategy: what it is called, what it can be set to, and how it is made. One of the library has a file of its own and a
 * line in the table `strategies`; one's own is given to a search beside its options.
 */
export interface StrategyDefinition<Entries extends v.ObjectEntries = v.ObjectEntries, Kept = unknown> {
  /** By what options name it, and folders: "evolution". Lower-case letters, digits and hyphens. */
  readonly kind: string;
  /** What tables, figures and sentences call it: "evolution". */
  readonly title: string;
  /** What it does and what to expect, a sentence or two. */
  readonly description: string;
  /** Its options beside kind and name, by valibot: `{ patience: v.optional(v.number(), 5) }`. Plain data. */
  readonly options: Entries;
  /**
   * Makes what proposes and learns.
   *
   * @param options The options, checked and filled in.
   * @param random The source of chance for what it starts with.
   * @throws {Problem} Where the options do not fit the space.
   */
  create(space: Space, options: OptionsOf<Entries>, random: RandomGenerator): StrategyParts<Kept>;
}

/** The options of a strategy, filled in. */
export type OptionsOf<Entries extends v.ObjectEntries> = Readonly<
  v.InferOutput<v.StrictObjectSchema<Entries, undefined>>
>;

/** What is particular to a strategy. `createStrategy` adds what all have in common: which proposals are open, and of what a state is. */
export interface StrategyParts<Kept = unknown> {
  /**
   * Draws an architecture with which the shared weights are trained.
   *
   * @param random The source of chance.
   */
  sample(random: RandomGenerator): Architecture;
  /**
   * Draws an architecture that is to be scored, with what is to be kept of it until then. Default: as `sample` does, and
   * nothing is kept.
   *
   * @param random The source of chance.
   */
  propose?(random: RandomGenerator): { readonly architecture: Architecture; readonly kept: Kept };
  /**
   * Makes one update.
   *
   * @param rewarded Architectures that it proposed, with their finite rewards; at least one.
   * @returns What there is to say of it; what is left out has no meaning here.
   */
  learn(rewarded: readonly Rewarded<Kept>[]): Partial<Learned>;
  /** How likely an architecture is to be proposed now, as a logarithm in nats; absent where that cannot be told. */
  logProbability?(architecture: Architecture): number;
  /** All that it needs to carry on to the bit, but for arrays. */
  state(): Readonly<Record<string, Json>>;
  /** The arrays that it needs too, by their keys; default: none. They may be those in use: they are copied. */
  arrays?(): ReadonlyMap<string, StoredArray>;
  /**
   * Carries on from a state.
   *
   * @param state What `state` gave.
   * @param arrays What `arrays` gave.
   */
  restore(state: Readonly<Record<string, Json | undefined>>, arrays: ReadonlyMap<string, StoredArray>): void;
}

/**
 * Defines a strategy: gives the definition back, with the types of its options.
 *
 * @returns The same.
 */
export function defineStrategy<const Kind extends string, const Entries extends v.ObjectEntries, Kept = unknown>(
  definition: StrategyDefinition<Entries, Kept> & { readonly kind: Kind },
): StrategyDefinition<Entries, Kept> & { readonly kind: Kind } {
  return definition;
}
