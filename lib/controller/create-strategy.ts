import { checkOptions } from "../runtime/options";
import type { RandomGenerator } from "../runtime/random";
import type { SavedState, StoredArray } from "../runs/state";
import { checkSpace, type GivenSpace } from "../space/space";
import { definitionOf, strategySchema, type StrategyOptions } from "./check-strategy";
import { createOpenProposals } from "./open-proposals";
import { readHead, writeHead } from "./saved";
import type { Learned, Strategy } from "./strategy";
import type { StrategyDefinition } from "./strategy-definition";

const nothing: Learned = { baseline: null, advantage: null, entropy: null, gradientNorm: null, loss: null };

/**
 * Makes a strategy.
 *
 * @param options Which strategy, of which space, and how.
 * @param random The source of chance for what it starts with.
 * @param own One's own, which can be chosen beside those of the library; default: none.
 * @throws {Problem} Where there is no such strategy or option, a value is out of range, or the space is none.
 */
export function createStrategy(
  { space: given, ...chosen }: StrategyOptions & { readonly space: GivenSpace },
  random: RandomGenerator,
  own: StrategyDefinition | null = null,
): Strategy {
  const space = checkSpace(given);
  const { kind, name: _, ...options } = checkOptions("The strategy", strategySchema(own), chosen);
  const parts = definitionOf(kind, own)!.create(space, options, random);
  const proposals = createOpenProposals<unknown>();
  const head = { strategy: kind, space };
  return {
    sample: (source) => parts.sample(source),
    propose(source) {
      const { architecture, kept } = parts.propose?.(source) ?? { architecture: parts.sample(source), kept: null };
      return proposals.open(architecture, kept);
    },
    learn: (scored) => ({ ...nothing, ...parts.learn(proposals.close(scored)) }),
    ...(parts.logProbability === undefined ? {} : { logProbability: (one) => parts.logProbability!(one) }),
    state: (): SavedState => ({
      json: { ...writeHead(head), ...parts.state() },
      arrays: new Map([...(parts.arrays?.() ?? [])].map(([key, stored]) => [key, copied(stored)])),
    }),
    restore(state) {
      parts.restore(readHead(state, head), state.arrays);
      proposals.clear();
    },
  };
}

function copied({ shape, values }: StoredArray): StoredArray {
  return { shape: [...shape], values: values.slice() };
}
