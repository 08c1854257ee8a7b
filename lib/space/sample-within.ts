import * as v from "valibot";

import type { InputSize } from "../graph/builder";
import { costOf, type Cost } from "../graph/cost";
import { checkLatency, latencyOf, type LatencyTable } from "../graph/latency";
import { nullable, number, passed, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";
import { buildNetwork } from "./build";
import { decode } from "./encode";
import type { Architecture, NetworkSettings } from "./kinds";
import { sampleArchitecture } from "./sample";
import { checkSpace, decisionsOf, type GivenSpace } from "./space";

const rangeOf = (bound: v.GenericSchema<number, number>) =>
  v.pipe(
    v.tuple([bound, bound], "a list of the least and the most"),
    v.check(([least, most]) => least <= most, "a list of the least and the most"),
  );

const budgetSchema = v.strictObject({
  /** The least and the most trainable parameters; default: any. */
  parameters: v.optional(rangeOf(wholeNumber())),
  /** The least and the most multiply-adds of one image; default: any. */
  multiplyAdds: v.optional(rangeOf(wholeNumber())),
  /** The least and the most milliseconds of a pass, by the table `latency`; default: any. */
  milliseconds: v.optional(rangeOf(number({ from: 0 }))),
});

const withinSchema = v.strictObject({
  /** The images. */
  size: passed<InputSize>("the size of images"),
  /** The settings of networks that differ from the defaults of the space; default: none. */
  settings: v.optional(passed<Partial<NetworkSettings>>("settings of networks"), {}),
  /** What a network may cost, both bounds included. */
  budget: budgetSchema,
  /** How long layers take where networks are to be used, of `compare.measureLatency`; null: not known. Default: null. */
  latency: v.optional(nullable(passed<LatencyTable>("a table of latencies")), null),
  /** How many architectures are drawn at most before it is given up; default: 5000. */
  draws: v.optional(wholeNumber({ from: 1 }), 5000),
});

/** What a network may cost, both bounds included: `{ multiplyAdds: [20e6, 40e6] }`. */
export type Budget = { readonly [Measured in keyof v.InferInput<typeof budgetSchema>]: readonly [number, number] };

/** How an architecture within a budget is drawn. */
export type WithinOptions = Readonly<Omit<v.InferInput<typeof withinSchema>, "budget">> & { readonly budget: Budget };

/** An architecture within a budget. */
export interface WithinBudget {
  readonly architecture: Architecture;
  /** What its network costs. */
  readonly cost: Cost;
  /** Milliseconds of a pass by the table of latencies; null without one. */
  readonly milliseconds: number | null;
  /** How many were drawn until one was within the budget, this one included: the share of those within is about 1 in so many. */
  readonly draws: number;
}

/**
 * Draws an architecture whose network costs no more and no less than a budget says, all of them equally likely: by drawing among
 * all until one does.
 *
 * @param random The source of chance; one number is drawn for each decision of each architecture.
 * @param options The budget, and the networks that it is of.
 * @throws {Problem} Where none is found, saying what the space's networks cost; where the space, an option or the images are none.
 */
export function sampleWithin(space: GivenSpace, random: RandomGenerator, options: WithinOptions): WithinBudget {
  const { size, settings, budget, draws, latency } = checkOptions("sampleWithin", withinSchema, options);
  if (budget.milliseconds !== undefined && latency === null)
    throw new Problem(
      `A budget of ${budget.milliseconds.join(" to ")} milliseconds was given without a table of latencies.`,
      "Give the one that compare.measureLatency measures on the machine where networks are to be used.",
    );
  const table = latency === null ? null : checkLatency(latency);
  const checked = checkSpace(space);
  const price = (architecture: Architecture): Price => {
    const graph = buildNetwork(architecture, size, settings);
    return { cost: costOf(graph), milliseconds: table === null ? null : latencyOf(table, graph) };
  };
  for (let drawn = 1; drawn <= draws; drawn++) {
    const architecture = sampleArchitecture(checked, random);
    const paid = price(architecture);
    if (isWithin(paid, budget)) return { architecture, ...paid, draws: drawn };
  }
  const { height, width } = size;
  const said = measureNames.flatMap((measure) => {
    const bounds = budget[measure];
    if (bounds === undefined) return [];
    const extremes = [-1, 1].map((sign) => extremeOf(checked, (each) => sign * measures[measure].of(price(each))));
    const [least, most] = extremes.map((each) => count(measures[measure].of(price(each))));
    return `${count(bounds[0])} to ${count(bounds[1])} ${measures[measure].title}, where its networks have ${least!} to ${most!}`;
  });
  throw new Problem(
    `None of ${count(draws)} architectures drawn from the space has a network for images of ${height} × ${width} within the budget: ${said.join("; ")}.`,
    "Widen the budget towards these, or raise `draws` where few are within it.",
  );
}

/** What a network costs. */
type Price = Pick<WithinBudget, "cost" | "milliseconds">;

type Measure = keyof Budget;

const measures: Readonly<Record<Measure, { title: string; of: (price: Price) => number }>> = {
  parameters: { title: "parameters", of: ({ cost }) => cost.trainable },
  multiplyAdds: { title: "multiply-adds", of: ({ cost }) => cost.multiplyAdds },
  milliseconds: { title: "milliseconds", of: ({ milliseconds }) => milliseconds! },
};

const measureNames = Object.keys(measures) as Measure[];

function isWithin(price: Price, budget: Budget): boolean {
  return measureNames.every((measure) => {
    const bounds = budget[measure];
    const value = bounds === undefined ? 0 : measures[measure].of(price);
    return bounds === undefined || (value >= bounds[0] && value <= bounds[1]);
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
