import * as v from "valibot";

import type { InputSize } from "../graph/builder";
import { costOf, type Cost } from "../graph/cost";
import { checkLatency, latencyOf, type LatencyTable } from "../graph/latency";
import { nullable, number, passed, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { buildNetwork } from "./build";
import { decode } from "./encode";
import type { Architecture, NetworkSettings } from "./kinds";
import { decisionsOf, type GivenSpace } from "./space";

const rangeOf = (bound: v.GenericSchema<number, number>) =>
  v.pipe(
    v.tuple([bound, bound], "a list of the least and the most"),
    v.check(([least, most]) => least <= most, "a list of the least and the most"),
  );

/** What a network may cost, both bounds included; what is left out may be any. */
export const budgetSchema = v.strictObject({
  /** The least and the most trainable parameters; default: any. */
  parameters: v.optional(rangeOf(wholeNumber())),
  /** The least and the most multiply-adds of one image; default: any. */
  multiplyAdds: v.optional(rangeOf(wholeNumber())),
  /** The least and the most milliseconds of a pass, by the table `latency`; default: any. */
  milliseconds: v.optional(rangeOf(number({ from: 0 }))),
});

/** What a network may cost, both bounds included: `{ multiplyAdds: [20e6, 40e6] }`. */
export type Budget = { readonly [Measured in keyof v.InferInput<typeof budgetSchema>]: readonly [number, number] };

/** What a budget is of. */
export const pricedEntries = {
  /** The images. */
  size: passed<InputSize>("the size of images"),
  /** The settings of networks that differ from the defaults of the space; default: none. */
  settings: v.optional(passed<Partial<NetworkSettings>>("settings of networks"), {}),
  /** What a network may cost, both bounds included. */
  budget: budgetSchema,
  /** How long layers take where networks are to be used, of `compare.measureLatency`; null: not known. Default: null. */
  latency: v.optional(nullable(passed<LatencyTable>("a table of latencies")), null),
};

const pricedSchema = v.strictObject(pricedEntries);

/** Networks, and what they may cost. */
export type PricedNetworks = Readonly<Omit<v.InferInput<typeof pricedSchema>, "budget">> & { readonly budget: Budget };

/** What a network costs. */
export interface Price {
  readonly cost: Cost;
  /** Milliseconds of a pass by the table of latencies; null without one. */
  readonly milliseconds: number | null;
}

/** What tells whether networks are within a budget. */
export interface Pricing {
  /** Says what the network of an architecture costs. */
  readonly priceOf: (architecture: Architecture) => Price;
  /** Says whether that is within the budget. */
  readonly isWithin: (price: Price) => boolean;
  /** Says in words by what a price is outside of the budget: "41,000,000 multiply-adds, expected 20,000,000 to 40,000,000". */
  readonly describeExcess: (price: Price) => string;
}

/**
 * Makes what tells whether networks are within a budget.
 *
 * @throws {Problem} Where an option is none, or milliseconds are bounded without a table of latencies that may be believed.
 */
export function createPricing(given: PricedNetworks): Pricing {
  const { size, settings, budget, latency } = checkOptions("A budget of networks", pricedSchema, given);
  if (budget.milliseconds !== undefined && latency === null)
    throw new Problem(
      `A budget of ${budget.milliseconds.join(" to ")} milliseconds was given without a table of latencies.`,
      "Give the one that compare.measureLatency measures on the machine where networks are to be used.",
    );
  const table = latency === null ? null : checkLatency(latency);
  const outside = (price: Price) =>
    boundsOf(budget).filter(({ of, least, most }) => of(price) < least || of(price) > most);
  return {
    priceOf(architecture) {
      const graph = buildNetwork(architecture, size, settings);
      return { cost: costOf(graph), milliseconds: table === null ? null : latencyOf(table, graph) };
    },
    isWithin: (price) => outside(price).length === 0,
    describeExcess: (price) =>
      outside(price)
        .map(({ title, of, least, most }) => `${count(of(price))} ${title}, expected ${count(least)} to ${count(most)}`)
        .join("; "),
  };
}

/**
 * Makes sure that a budget is not below the cheapest network of a space, nor above the costliest.
 *
 * @throws {Problem} Where it is, with what the networks cost; where the space or an option is none.
 */
export function requireReachable(space: GivenSpace, given: PricedNetworks): void {
  const extremes = extremesOf(space, given);
  const unreachable = extremes.find(({ bounds, least, most }) => bounds[1] < least || bounds[0] > most);
  if (unreachable === undefined) return;
  const { title, bounds, least, most } = unreachable;
  const below = bounds[1] < least;
  throw new Problem(
    `The budget of ${count(bounds[0])} to ${count(bounds[1])} ${title} is ${below ? "below the cheapest" : "above the costliest"} network of the space for images of ${given.size.height} × ${given.size.width}, which has ${count(below ? least : most)}.`,
    below ? `Allow ${count(least)} or more.` : `Ask for ${count(most)} or less.`,
  );
}

/**
 * Says in words what a budget allows and what the networks of a space cost.
 *
 * @returns "0 to 1,000 multiply-adds, where its networks have 52,000 to 910,000".
 */
export function describeReach(space: GivenSpace, given: PricedNetworks): string {
  return extremesOf(space, given)
    .map(
      ({ title, bounds, least, most }) =>
        `${count(bounds[0])} to ${count(bounds[1])} ${title}, where its networks have ${count(least)} to ${count(most)}`,
    )
    .join("; ");
}

type Measure = keyof Budget;

const measures: Readonly<Record<Measure, { title: string; of: (price: Price) => number }>> = {
  parameters: { title: "parameters", of: ({ cost }) => cost.trainable },
  multiplyAdds: { title: "multiply-adds", of: ({ cost }) => cost.multiplyAdds },
  milliseconds: { title: "milliseconds", of: ({ milliseconds }) => milliseconds! },
};

function boundsOf(budget: Budget) {
  return (Object.keys(measures) as Measure[]).flatMap((measure) => {
    const bounds = budget[measure];
    return bounds === undefined ? [] : [{ ...measures[measure], bounds, least: bounds[0], most: bounds[1] }];
  });
}

function extremesOf(space: GivenSpace, given: PricedNetworks) {
  const { priceOf } = createPricing(given);
  return boundsOf(given.budget).map(({ title, of, bounds }) => {
    const [least, most] = [-1, 1].map((sign) =>
      of(priceOf(extremeOf(space, (architecture) => sign * of(priceOf(architecture))))),
    );
    return { title, bounds, least: least!, most: most! };
  });
}

// Climbs by single decisions until none adds anything: costs are nearly sums over the decisions.
function extremeOf(space: GivenSpace, valueOf: (architecture: Architecture) => number): Architecture {
  const decisions = decisionsOf(space);
  let numbers = decisions.map(() => 0);
  let best = valueOf(decode(space, numbers));
  for (let improved = true; improved;) {
    improved = false;
    decisions.forEach(({ options }, place) => {
      options.forEach((_, option) => {
        const changed = numbers.map((chosen, at) => (at === place ? option : chosen));
        const value = valueOf(decode(space, changed));
        if (value <= best) return;
        [numbers, best, improved] = [changed, value, true];
      });
    });
  }
  return decode(space, numbers);
}

const count = (value: number) => value.toLocaleString("en");
