import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";
import type { Json } from "../runs/state";
import { decode, encode } from "../space/encode";
import type { Architecture, Space } from "../space/kinds";
import { mutateArchitecture, sampleArchitecture } from "../space/sample";
import { createOpenProposals } from "./open-proposals";
import { damaged, readHead, writeHead } from "./saved";
import type { Strategy } from "./strategy";

/** How architectures evolve. */
export interface EvolutionOptions {
  /**
   * How many are alive, from 1; until there are as many, architectures are drawn at random. Published: 100, for 20,000
   * architectures; with some hundreds to score, 20 leaves time to evolve.
   */
  readonly population: number;
  /** How many compete to be the next parent, drawn one by one with replacement, from 1; published: 25. */
  readonly tournament: number;
}

/** An architecture that is alive. */
interface Member {
  readonly architecture: Architecture;
  readonly reward: number;
}

/**
 * Makes the strategy of regularised evolution (Real, Aggarwal, Huang and Le, "Regularized evolution for image classifier
 * architecture search", AAAI 2019, algorithm 1): the best of a few that are drawn has a child, which differs in one decision;
 * the oldest dies, however good. For the training of shared weights, of which the paper has none, it draws mutations of
 * members that are all equally likely.
 *
 * @param space The space.
 * @param options How.
 * @returns The strategy.
 * @throws {Problem} Where an option is not a whole number from 1.
 */
export function createEvolution(space: Space, options: EvolutionOptions): Strategy {
  for (const [name, value] of Object.entries(options)) {
    if (!Number.isInteger(value) || value < 1) {
      throw new Problem(
        `Evolution was given ${name}: ${String(value)}, expected a whole number from 1.`,
        "Correct it.",
      );
    }
  }
  const { population, tournament } = options;
  const proposals = createOpenProposals<null>();
  const head = { strategy: "evolution", space };
  /** From the oldest to the youngest. */
  let members: Member[] = [];

  const child = (random: RandomGenerator, parent: () => Member): Architecture =>
    members.length < population
      ? sampleArchitecture(space, random)
      : mutateArchitecture(space, parent().architecture, random);
  const best = (random: RandomGenerator): Member =>
    Array.from({ length: tournament }, () => random.choice(members)).reduce((a, b) => (b.reward > a.reward ? b : a));

  return {
    name: "evolution",
    learns: true,
    sample: (random) => child(random, () => random.choice(members)),
    propose: (random) =>
      proposals.open(
        child(random, () => best(random)),
        null,
      ),
    learn(scored) {
      members = [...members, ...proposals.close(scored)]
        .slice(-population)
        .map(({ architecture, reward }) => ({ architecture, reward }));
      return { baseline: null, advantage: null, entropy: null, gradientNorm: null, loss: null };
    },
    state: () => ({
      json: {
        ...writeHead(head),
        members: members.map(({ architecture, reward }) => ({ architecture: encode(space, architecture), reward })),
      },
      arrays: new Map(),
    }),
    restore(state) {
      const restored = readMembers(space, readHead(state, head).members);
      if (restored.length > population) throw damaged("population");
      members = restored;
      proposals.clear();
    },
  };
}

function readMembers(space: Space, json: Json | undefined): Member[] {
  if (!Array.isArray(json)) throw damaged("population");
  return (json as readonly { architecture: readonly number[]; reward: number }[]).map(({ architecture, reward }) => {
    if (!Number.isFinite(reward)) throw damaged("reward of a member");
    return { architecture: decode(space, architecture), reward };
  });
}
