import type { RandomGenerator } from "../runtime/random";
import { encode } from "../space/encode";
import type { Architecture, Space } from "../space/kinds";
import { sampleArchitecture } from "../space/sample";
import { decisionsOf } from "../space/space";
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
  const entropy = decisionsOf(space).reduce((sum, { options }) => sum + Math.log(options.length), 0);
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
      // Throws where it is of another space.
      encode(space, architecture);
      return -entropy;
    },
    state: () => ({ json: writeHead(head), arrays: new Map() }),
    restore(state) {
      readHead(state, head);
      proposals.clear();
    },
  };
}
