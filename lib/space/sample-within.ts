import * as v from "valibot";

import type { InputSize } from "../graph/builder";
import { costOf, type Cost } from "../graph/cost";
import { passed, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";
import { buildNetwork } from "./build";
import { decode } from "./encode";
import type { Architecture, NetworkSettings } from "./kinds";
import { sampleArchitecture } from "./sample";
import { checkSpace, decisionsOf, type GivenSpace } from "./space";

const range = () =>
  v.pipe(
    v.tuple([wholeNumber(), wholeNumber()], "a list of the least and the most"),
    v.check(([least, most]) => least <= most, "a list of the least and the most"),
  );

const budgetSchema = v.strictObject({
  /** The least and the most trainable parameters; default: any. */
  parameters: v.optional(range()),
  /** The least and the most multiply-adds of one image; default: any. */
  multiplyAdds: v.optional(range()),
});

const withinSchema = v.strictObject({
  /** The images. */
  size: passed<InputSize>("the size of images"),
  /** The settings of networks that differ from the defaults of the space; default: none. */
  settings: v.optional(passed<Partial<NetworkSettings>>("settings of networks"), {}),
  /** What a network may cost, both bounds included. */
  budget: budgetSchema,
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
  const { size, settings, budget, draws } = checkOptions("sampleWithin", withinSchema, options);
  const checked = checkSpace(space);
  const price = (architecture: Architecture) => costOf(buildNetwork(architecture, size, settings));
  for (let drawn = 1; drawn <= draws; drawn++) {
    const architecture = sampleArchitecture(checked, random);
    const cost = price(architecture);
    if (isWithin(cost, budget)) return { architecture, cost, draws: drawn };
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

type Measure = keyof Budget;

const measures: Readonly<Record<Measure, { title: string; of: (cost: Cost) => number }>> = {
  parameters: { title: "parameters", of: ({ trainable }) => trainable },
  multiplyAdds: { title: "multiply-adds", of: ({ multiplyAdds }) => multiplyAdds },
};

const measureNames = Object.keys(measures) as Measure[];

function isWithin(cost: Cost, budget: Budget): boolean {
  return measureNames.every((measure) => {
    const bounds = budget[measure];
    const value = measures[measure].of(cost);
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
