import * as v from "valibot";

import { wholeNumber } from "../runtime/option-values";
import type { RandomGenerator } from "../runtime/random";
import type { Json } from "../runs/state";
import { decode, encode } from "../space/encode";
import type { Architecture, Space } from "../space/kinds";
import { mutateArchitecture, sampleArchitecture } from "../space/sample";
import { damaged } from "./saved";
import { defineStrategy } from "./strategy-definition";

/** An architecture that is alive. */
interface Member {
  readonly architecture: Architecture;
  readonly reward: number;
}

/**
 * Regularised evolution (Real, Aggarwal, Huang and Le, "Regularized evolution for image classifier architecture search", AAAI
 * 2019, algorithm 1): the best of a few that are drawn has a child, which differs in one decision; the oldest dies, however
 * good. For the training of shared weights, of which the paper has none, it draws mutations of members that are all equally
 * likely.
 */
export const evolution = defineStrategy({
  kind: "evolution",
  title: "evolution",
  description:
    "Children of the best of a few that are drawn, each with one decision changed; the oldest dies. Published for 20,000 architectures; with some hundreds to score, a population of 20 leaves time to evolve.",
  options: {
    /**
     * How many are alive, from 1; until there are as many, architectures are drawn at random. Published, and the default: 100,
     * for 20,000 architectures.
     */
    population: v.optional(wholeNumber({ from: 1 }), 100),
    /** How many compete to be the next parent, drawn one by one with replacement, from 1; published, and the default: 25. */
    tournament: v.optional(wholeNumber({ from: 1 }), 25),
  },
  create(space, { population, tournament }) {
    /** From the oldest to the youngest. */
    let members: Member[] = [];
    const child = (random: RandomGenerator, parent: () => Member): Architecture =>
      members.length < population
        ? sampleArchitecture(space, random)
        : mutateArchitecture(space, parent().architecture, random);
    const best = (random: RandomGenerator): Member =>
      Array.from({ length: tournament }, () => random.choice(members)).reduce((a, b) => (b.reward > a.reward ? b : a));
    return {
      sample: (random) => child(random, () => random.choice(members)),
      propose: (random) => ({ architecture: child(random, () => best(random)), kept: null }),
      learn(rewarded) {
        members = [...members, ...rewarded]
          .slice(-population)
          .map(({ architecture, reward }) => ({ architecture, reward }));
        return {};
      },
      state: () => ({
        members: members.map(({ architecture, reward }) => ({ architecture: encode(space, architecture), reward })),
      }),
      restore(state) {
        const restored = readMembers(space, state.members);
        if (restored.length > population) throw damaged("population");
        members = restored;
      },
    };
  },
});

function readMembers(space: Space, json: Json | undefined): Member[] {
  if (!Array.isArray(json)) throw damaged("population");
  return (json as readonly { architecture: readonly number[]; reward: number }[]).map(({ architecture, reward }) => {
    if (!Number.isFinite(reward)) throw damaged("reward of a member");
    return { architecture: decode(space, architecture), reward };
  });
}
