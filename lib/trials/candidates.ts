import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";
import { createPricing, requireReachable, type PricedNetworks, type Price } from "../space/budget";
import { decode, encode, hashArchitecture } from "../space/encode";
import type { Architecture, Space } from "../space/kinds";
import { sampleWithin } from "../space/sample-within";
import type { Candidate, OpenSpace } from "./strategies/pool-strategy";

/** The candidates of a search, which grow where its strategy takes further ones from the space. */
export interface CandidatePool extends OpenSpace {
  /** The candidates so far. */
  readonly candidates: readonly Candidate[];
  /** The architecture of a candidate. */
  architectureOf(place: number): Architecture;
}

/** What candidates are drawn from. */
export interface CandidatesTask {
  readonly space: Space;
  /** The networks, and what they may cost. */
  readonly priced: PricedNetworks;
  /** How many are drawn by chance to begin with. */
  readonly count: number;
  readonly random: RandomGenerator;
  /** Scores a candidate by shared weights as it joins, from its place; null: none is scored. */
  readonly score: ((architecture: Architecture, place: number) => number) | null;
}

/**
 * Draws the candidates that a search begins with: of a space within a budget, all equally likely and none twice.
 *
 * @throws {Problem} Where the budget is below the cheapest network or above the costliest, or holds too few.
 */
export function drawCandidates({ space, priced, count, random, score }: CandidatesTask): CandidatePool {
  requireReachable(space, priced);
  const pricing = createPricing(priced);
  const candidates: Candidate[] = [];
  const architectures: Architecture[] = [];
  const places = new Map<string, number>();
  const prices = new Map<string, Price>();
  const take = (architecture: Architecture, { cost }: Price): number => {
    const hash = hashArchitecture(architecture);
    const known = places.get(hash);
    if (known !== undefined) return known;
    const place = candidates.length;
    places.set(hash, place);
    architectures.push(architecture);
    const { trainable: parameters, multiplyAdds } = cost;
    const shared = score?.(architecture, place) ?? null;
    candidates.push({ code: encode(space, architecture), parameters, multiplyAdds, shared });
    return place;
  };
  for (let tries = 0; candidates.length < count && tries < 20 * count; tries++) {
    const drawn = sampleWithin(space, random, priced);
    take(drawn.architecture, drawn);
  }
  if (candidates.length < count)
    throw new Problem(
      `The space has ${candidates.length} different networks within the budget after ${20 * count} draws, expected ${count}.`,
      "Ask for fewer candidates, or widen the budget.",
    );
  const priceOf = (code: readonly number[]): Price => {
    const name = code.join(" ");
    const price = prices.get(name) ?? pricing.priceOf(decode(space, code));
    prices.set(name, price);
    return price;
  };
  return {
    candidates,
    architectureOf: (place) => architectures[place]!,
    look(code) {
      const price = priceOf(code);
      const { trainable: parameters, multiplyAdds } = price.cost;
      return pricing.isWithin(price) ? { code, parameters, multiplyAdds } : null;
    },
    admit(code) {
      const price = priceOf(code);
      if (pricing.isWithin(price)) return take(decode(space, code), price);
      throw new Problem(
        `A network outside of the budget was proposed, with ${pricing.describeExcess(price)}: ${code.join(" ")}.`,
        "Let the strategy look whether it is within first: look(code) gives null where it is not.",
      );
    },
  };
}
