import type { InputSize } from "../../graph/builder";
import { buildFound } from "../../graph/found/build";
import type { FoundSettings } from "../../graph/found/settings";
import { sharedWeightsOf } from "../../graph/found/shared-weights";
import type { RandomGenerator } from "../../runtime/random";
import { Problem } from "../../runtime/problem";
import { checkArchitecture, type Architecture } from "../../space/architecture";
import type { Space } from "../../space/sample";
import { planNetwork, type Plan } from "../run/plan";
import { createWeights, type WeightBank } from "../weights/weight-bank";

/** The network in which all architectures of a space share their weights: ENAS's supernet, or child. */
export interface SharedNetwork {
  /** The space of its architectures. */
  readonly space: Space;
  /** The images that it takes. */
  readonly size: InputSize;
  /** Depth, channels and all else that its architectures have in common. */
  readonly settings: Partial<FoundSettings>;
  /** The weights of all architectures. */
  readonly weights: WeightBank;

  /**
   * Plans the network of an architecture: only the operations that it chooses, with its weights among the shared ones.
   *
   * @param architecture The architecture, of this space.
   * @returns The plan, for `runNetwork` or `lossAndGradients` with `weights.of`.
   * @throws {Problem} Where the architecture is none of this space.
   */
  plan(architecture: Architecture): Plan;

  /** Releases the weights. */
  dispose(): void;
}

/**
 * Makes the network in which all architectures of a space share their weights (Pham and others, "Efficient neural
 * architecture search via parameter sharing", 2018). A weight belongs to its layer, node, side, operation and input; loose
 * ends have a row of the cell's last convolution each.
 *
 * @param space The space.
 * @param size The images.
 * @param settings Depth, channels and so on.
 * @param random What the weights start with.
 * @returns The network; whoever asked for it disposes of it.
 * @throws {Problem} Where a setting is not allowed, or the images are too small for the reductions.
 */
export function createSharedNetwork(
  space: Space,
  size: InputSize,
  settings: Partial<FoundSettings>,
  random: RandomGenerator,
): SharedNetwork {
  const weights = createWeights(sharedWeightsOf(space, size, settings), random);
  return {
    space,
    size,
    settings,
    weights,
    plan(architecture) {
      checkSpace(checkArchitecture(architecture), space);
      return planNetwork(buildFound(architecture, size, settings));
    },
    dispose() {
      weights.dispose();
    },
  };
}

// A smaller architecture would find all its weights, and be trained as one that it is not.
function checkSpace(architecture: Architecture, space: Space): void {
  const own: Space =
    architecture.space === "micro"
      ? { space: "micro", nodes: architecture.normal.length }
      : { space: "macro", layers: architecture.layers.length };
  if (describe(own) === describe(space)) return;
  throw new Problem(
    `An architecture of ${describe(own)} was given to the shared network of ${describe(space)}.`,
    "Give it to the shared network of its own space.",
  );
}

function describe(space: Space): string {
  if (space.space === "macro") return `the macro space with ${space.layers} layers`;
  return `the micro space with cells of ${space.nodes} nodes`;
}
