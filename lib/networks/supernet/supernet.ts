import type { InputSize } from "../../graph/builder";
import { Problem } from "../../runtime/problem";
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

// Weights are shared whole: no network takes a part of one.
function checkWidths(space: Space): void {
  if (space.kind !== "shape") return;
  const place = space.stages.findIndex(({ widths }) => widths.length > 1);
  if (place < 0) return;
  throw new Problem(
    `Stage ${place + 1} of the shape space has the widths ${space.stages[place]!.widths.join(", ")}, expected a single one, as networks of several widths cannot share weights.`,
    "Give each stage one width for a search with shared weights, or train each network by itself.",
  );
}

/**
 * Makes the network in which all architectures of a space share their weights (Pham and others, "Efficient neural
 * architecture search via parameter sharing", 2018). A weight belongs to its layer, node, side, operation and input; loose
 * ends have a row of the cell's last convolution each.
 *
 * @returns The network; whoever asked for it disposes of it.
 * @throws {Problem} Where a setting is not allowed, the images are too small for the reductions, or a stage of a shape space has
 *   several widths.
 */
export function createSupernet(
  given: GivenSpace,
  size: InputSize,
  settings: Partial<NetworkSettings>,
  random: RandomGenerator,
): Supernet {
  const space = checkSpace(given);
  checkWidths(space);
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
