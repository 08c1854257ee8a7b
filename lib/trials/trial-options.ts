import * as v from "valibot";

import type { LatencyTable } from "../graph/latency";
import { asGiven, listOf, nullable, oneOf, passed, positive, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { supernetSchema } from "../search/supernet-options";
import { budgetSchema } from "../space/budget";
import { recipes } from "../train/recipes";
import { trainingSchema } from "../train/training-options";
import { poolStrategies } from "./strategies/table";

const supernetEntries = v.omit(supernetSchema, ["space", "network", "seed"]).entries;

/** How much a search may use: processor seconds, or trainings. */
const limitSchema = v.pipe(
  v.strictObject({
    /** Processor seconds of trainings, supernets and scores together, above 0. Slower machines then train less. */
    cpuSeconds: v.optional(positive()),
    /** Trainings, from 1: the same on every machine. */
    trainings: v.optional(wholeNumber({ from: 1 })),
  }),
  v.check(
    ({ cpuSeconds, trainings }) => (cpuSeconds === undefined) !== (trainings === undefined),
    "one of cpuSeconds and trainings",
  ),
);

/** The options of a search whose candidates are trained alone, each with weights of its own. */
export const trialsSchema = v.strictObject({
  /** What chooses the networks that are trained, by its name; default: "random-race". */
  strategy: v.optional(oneOf(poolStrategies.map(({ kind }) => kind)), "random-race"),
  /** What a network may cost, at the size and with the settings with which it is to be used; default: anything. */
  budget: v.optional(budgetSchema, {}),
  /** Further budgets: a search each, with the same supernets. Default: none. */
  furtherBudgets: v.optional(listOf(budgetSchema), []),
  /** How long layers take where networks are to be used, for budgets in milliseconds; default: not known. */
  latency: v.optional(nullable(passed<LatencyTable>("a table of latencies, of compare.measureLatency")), null),
  /** How many networks within the budget are drawn by chance to begin with, from 2; default: 500. */
  candidates: v.optional(wholeNumber({ from: 2 }), 500),
  /** How many inner folds the training images of the search are divided into, from 2; default: 5. */
  folds: v.optional(wholeNumber({ from: 2 }), 5),
  /** How much one search may use; default: 1,200 processor seconds. */
  limit: v.optional(limitSchema, { cpuSeconds: 1200 }),
  /** How a candidate is trained, apart from the seed; default: one cycle of 15 epochs. */
  training: v.optional(asGiven(v.omit(trainingSchema, ["seed"])), { ...recipes.oneCycle.options, epochs: 15 }),
  /**
   * The supernets whose weights score candidates, where the strategy uses them; null: none. They learn from the training part of
   * some inner folds and score on the validation part; own trainings then are of the other folds. Default: null.
   */
  supernet: v.optional(
    nullable(
      v.strictObject({
        ...supernetEntries,
        /** How many inner folds have one, the last ones, from 1; default: 2. */
        count: v.optional(wholeNumber({ from: 1 }), 2),
      }),
    ),
    null,
  ),
});

/** How a search goes whose candidates are trained alone. Plain data. @interface */
export type TrialsOptions = Readonly<v.InferInput<typeof trialsSchema>>;

/** The same with every part filled in. @interface */
export type CheckedTrials = Readonly<v.InferOutput<typeof trialsSchema>>;

/**
 * Fills the options of such a search with their defaults and checks them.
 *
 * @throws {Problem} Where a key is unknown or a value out of its range, or two do not fit: a strategy that uses shared weights without a
 *   supernet, too few folds for both, or trainings as the limit of a search that pays for supernets too.
 */
export function checkTrials(given: TrialsOptions): CheckedTrials {
  const options = checkOptions("A search by trials", trialsSchema, given);
  const { strategy, supernet, folds, limit } = options;
  if (!usesShared(options)) return options;
  if (supernet === null)
    throw new Problem(
      `The strategy "${strategy}" uses scores by shared weights, and there is no supernet.`,
      "Give supernet: {}, with options of its training that differ, or choose another strategy.",
    );
  if (supernet.count >= folds)
    throw new Problem(
      `${supernet.count} of ${folds} inner folds have a supernet, and none is left for own trainings: labels and scores would be of the same images.`,
      `Give supernet.count: ${folds - 1} or less, or more folds.`,
    );
  if (limit.trainings !== undefined)
    throw new Problem(
      `The strategy "${strategy}" may use ${limit.trainings} trainings, which does not count what its supernets cost.`,
      "Give limit: { cpuSeconds: 1200 }, for example.",
    );
  return options;
}

/** Says whether a search uses scores by shared weights: it trains supernets first. */
export function usesShared({ strategy }: Pick<CheckedTrials, "strategy">): boolean {
  return poolStrategies.find(({ kind }) => kind === strategy)!.usesShared;
}
