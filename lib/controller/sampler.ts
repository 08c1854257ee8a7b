import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";
import { decode, encode } from "../space/encode";
import type { Architecture, Space } from "../space/kinds";
import type { Sampler } from "./decide";

/**
 * Samples by chance.
 *
 * @param random The source of chance; one number is drawn for each decision.
 */
export function sampleBy(random: RandomGenerator): Sampler {
  return (probabilities) => {
    let rest = random.uniform();
    const sampled = probabilities.findIndex((probability) => (rest -= probability) < 0);
    // Rounded probabilities may add up to a little less than the number drawn.
    return sampled >= 0
      ? sampled
      : probabilities.reduce((last, probability, index) => (probability > 0 ? index : last), 0);
  };
}

/**
 * Takes the decisions that are given: to ask how likely the controller is to propose an architecture.
 *
 * @param decisions Them, in the controller's order; see {@link inControllerOrder}.
 */
export function replay(decisions: readonly number[]): Sampler {
  let place = 0;
  return (probabilities) => {
    const sampled = decisions[place++];
    if (sampled === undefined || sampled >= probabilities.length) {
      throw new Problem(
        `Decision ${place - 1} of an architecture is ${sampled ?? "absent"}, expected 0 to ${probabilities.length - 1}.`,
        "Give an architecture of the space that the controller was made for.",
      );
    }
    return sampled;
  };
}

/**
 * Lists the decisions of an architecture in the order in which the controller makes them: for a node of a cell both inputs,
 * then both operations; for a layer its operation, then its skip connections; in the shape space as {@link encode} writes them.
 *
 * @returns For each decision the place of what is chosen among its options, as many as numbers of {@link encode}.
 * @throws {Problem} Where the architecture is not of the space.
 */
export function inControllerOrder(space: Space, architecture: Architecture): number[] {
  return reorder(space, encode(space, architecture));
}

/** Makes an architecture of the controller's decisions; see {@link inControllerOrder}. */
export function architectureOf(space: Space, decisions: readonly number[]): Architecture {
  return decode(space, reorder(space, decisions));
}

function reorder({ kind }: Space, numbers: readonly number[]): number[] {
  switch (kind) {
    case "micro":
      // The second and the third number of each node change places, there and back.
      return numbers.map((_, place) => numbers[place + ([0, 1, -1, 0][place % 4] ?? 0)]!);
    case "macro":
    case "shape":
      return [...numbers];
  }
}
