import * as v from "valibot";

import { wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";
import { createPricing, describeReach, pricedEntries, type Budget, type Price } from "./budget";
import type { Architecture } from "./kinds";
import { sampleArchitecture } from "./sample";
import { checkSpace, type GivenSpace } from "./space";

const withinSchema = v.strictObject({
  ...pricedEntries,
  /** How many architectures are drawn at most before it is given up; default: 5000. */
  draws: v.optional(wholeNumber({ from: 1 }), 5000),
});

/** How an architecture within a budget is drawn. */
export type WithinOptions = Readonly<Omit<v.InferInput<typeof withinSchema>, "budget">> & { readonly budget: Budget };

/** An architecture within a budget, and what its network costs. */
export interface WithinBudget extends Price {
  readonly architecture: Architecture;
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
  const { draws, ...priced } = checkOptions("sampleWithin", withinSchema, options);
  const pricing = createPricing(priced);
  const checked = checkSpace(space);
  for (let drawn = 1; drawn <= draws; drawn++) {
    const architecture = sampleArchitecture(checked, random);
    const price = pricing.priceOf(architecture);
    if (pricing.isWithin(price)) return { architecture, ...price, draws: drawn };
  }
  const { height, width } = priced.size;
  throw new Problem(
    `None of ${draws.toLocaleString("en")} architectures drawn from the space has a network for images of ${height} × ${width} within the budget: ${describeReach(checked, priced)}.`,
    "Widen the budget towards these, or raise `draws` where few are within it.",
  );
}
