import type { Architecture } from "../space/architecture";
import { sampleArchitecture, type Space } from "../space/sample";
import type { RandomGenerator } from "../runtime/random";
import { checkOfSpace, choicesOfSpace } from "./choices";
import { createOpenProposals } from "./open-proposals";
import { readHead, writeHead } from "./saved";
import type { Strategy } from "./strategy";

/**
 * Makes the strategy that draws all architectures equally likely and learns nothing: random search, with the weights trained
 * as for any other (Li and Talwalkar, "Random search and reproducibility for neural architecture search", UAI 2019). A search
 * is worth what it finds beyond this.
 *
 * @param space The space.
 * @returns The strategy.
 */
export function createUniform(space: Space): Strategy {
  const proposals = createOpenProposals<null>();
  const head = { strategy: "uniform", space };
  const draw = (random: RandomGenerator): Architecture => sampleArchitecture(space, random);
  // The logarithm of how many there are.
  const entropy = choicesOfSpace(space).reduce((sum, choices) => sum + Math.log(choices), 0);
  return {
    name: "uniform",
    learns: false,
    sample: draw,
    propose: (random) => proposals.open(draw(random), null),
    learn(scored) {
      proposals.close(scored);
      return { baseline: null, advantage: null, entropy, gradientNorm: null, loss: null };
    },
    logProbability(architecture) {
      checkOfSpace(architecture, space);
      return -entropy;
    },
    state: () => ({ json: writeHead(head), arrays: new Map() }),
    restore(state) {
      readHead(state, head);
      proposals.clear();
    },
  };
}
