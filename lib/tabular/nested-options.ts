import * as v from "valibot";

import { asGiven, listOf, pattern, text, wholeNumber } from "../runtime/option-values";
import { budgetSchema } from "../space/budget";
import { trialsSchema } from "../trials/trial-options";

const armSchema = v.omit(trialsSchema, ["budget", "furtherBudgets", "latency", "folds"]);

/** The schema of searches on outer folds, each of which sees nothing of what its fold tests. */
export const nestedSchema = v.strictObject({
  /** The set whose space is searched, with its settings. */
  set: text('the name of a set: "shape"'),
  /** What a network may cost, at the size of the protocol's bin; default: the bin. */
  budget: v.optional(budgetSchema),
  /** The outer folds, from 1. */
  outer: listOf(wholeNumber({ from: 1 }), { least: 1, different: true }),
  /** The seeds of the searches: so many on each outer fold, by each arm. */
  searches: listOf(wholeNumber(), { least: 1, different: true }),
  /** Side of the images while it is searched, in pixels. */
  size: wholeNumber({ from: 8 }),
  /** The arms by name, each a search by trials: its folds are the protocol's inner ones, and all have one budget. */
  arms: v.record(pattern(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'the name of an arm: "random-race"'), asGiven(armSchema)),
  /** Networks that nobody searched for here and that are trained and tested as the winners are, by name; default: none. */
  references: v.optional(
    v.record(v.string(), v.strictObject({ set: text('the name of a set: "plain"'), place: wholeNumber() })),
    {},
  ),
  /** How each winner is trained on what its outer fold does not test. */
  winners: v.strictObject({
    /** Side of the images, in pixels. */
    size: wholeNumber({ from: 8 }),
    /** Passes through the training images. */
    epochs: wholeNumber({ from: 1 }),
    /** The seeds: each winner is trained with all of them. */
    seeds: listOf(wholeNumber(), { least: 1, different: true }),
  }),
});

/** Searches on outer folds, as a protocol lays them down. @interface */
export type NestedOptions = Readonly<v.InferOutput<typeof nestedSchema>>;
