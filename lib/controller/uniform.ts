import { encode } from "../space/encode";
import { sampleArchitecture } from "../space/sample";
import { decisionsOf } from "../space/space";
import { defineStrategy } from "./strategy-definition";

/**
 * Draws all architectures equally likely and learns nothing: random search, with the weights trained as for any other (Li and
 * Talwalkar, "Random search and reproducibility for neural architecture search", UAI 2019). A search is worth what it finds
 * beyond this.
 */
export const uniform = defineStrategy({
  kind: "uniform",
  title: "uniform policy",
  description:
    "All architectures are equally likely, from the first to the last: what any other strategy must surpass.",
  options: {},
  create(space) {
    // The logarithm of how many there are.
    const entropy = decisionsOf(space).reduce((sum, { options }) => sum + Math.log(options.length), 0);
    return {
      sample: (random) => sampleArchitecture(space, random),
      learn: () => ({ entropy }),
      logProbability(architecture) {
        // Refuses one of another space.
        encode(space, architecture);
        return -entropy;
      },
      state: () => ({}),
      restore: () => undefined,
    };
  },
});
