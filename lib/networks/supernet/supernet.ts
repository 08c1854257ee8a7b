import type { InputSize } from "../../graph/builder";
import type { RandomGenerator } from "../../runtime/random";
import { buildNetwork, supernetWeightsOf } from "../../space/build";
import { encode } from "../../space/encode";
import type { Architecture, NetworkSettings, Space } from "../../space/kinds";
import { checkSpace, type GivenSpace } from "../../space/space";
import { planNetwork, type Plan } from "../run/plan";
import { createWeights, type WeightBank } from "../weights/weight-bank";

/** The network in which all architectures of a space share their weights. */
export interface Supernet {
  readonly space: Space;
  readonly size: InputSize;
  /** Depth, channels and all else that its architectures have in common. */
  readonly settings: Partial<NetworkSettings>;
  readonly weights: WeightBank;

  /**
   * Plans the network of an architecture: only the operations that it chooses, with its weights among the shared ones.
   *
   * @returns The plan, for `runNetwork` or `lossAndGradients` with `weights.of`.
   * @throws {Problem} Where the architecture is none of this space.
   */
  plan(architecture: Architecture): Plan;

  dispose(): void;
}

/**
 * Makes the network in which all architectures of a space share their weights (Pham and others, "Efficient neural
 * architecture search via parameter sharing", 2018). A weight belongs to its layer, node, side, operation and input; loose
 * ends have a row of the cell's last convolution each.
 *
 * @returns The network; whoever asked for it disposes of it.
 * @throws {Problem} Where a setting is not allowed, or the images are too small for the reductions.
 */
export function createSupernet(
  given: GivenSpace,
  size: InputSize,
  settings: Partial<NetworkSettings>,
  random: RandomGenerator,
): Supernet {
  const space = checkSpace(given);
  const weights = createWeights(supernetWeightsOf(space, size, settings), random);
  return {
    space,
    size,
    settings,
    weights,
    plan(architecture) {
      // Throws where it is of another space: a smaller one would find all its weights, and be trained as what it is not.
      encode(space, architecture);
      return planNetwork(buildNetwork(architecture, size, settings));
    },
    dispose() {
      weights.dispose();
    },
  };
}
