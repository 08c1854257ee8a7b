import type { Architecture, Cell, Edge } from "../../space/architecture";
import { macroOperations, type MicroOperation } from "../../space/operations";
import { countArchitectures, type Space } from "../../space/sample";
import type { InputSize } from "../builder";
import { namedWeightsOf, type NamedWeight } from "../named-weights";
import { buildFound } from "./build";
import type { FoundSettings } from "./settings";

/**
 * Lists all weights that the networks of a space share: those that any of its architectures uses. Of a micro space each
 * layer, node, side, separable operation and input has its own, as has each possible loose end; of a macro space each layer
 * and operation. The moving averages of batch normalisations are among them.
 *
 * @param space The space.
 * @param size The images.
 * @param settings The settings that differ from the defaults of the space, the same as for `buildFound`.
 * @returns Each weight once, always in the same order.
 * @throws {Problem} Where the space has no valid size, a setting is unknown or out of range, or the images are too small.
 */
export function sharedWeightsOf(space: Space, size: InputSize, settings: Partial<FoundSettings> = {}): NamedWeight[] {
  // Counting refuses a size that is none.
  countArchitectures(space);
  const weights = new Map<string, NamedWeight>();
  for (const architecture of space.space === "micro" ? coverMicro(space.nodes) : coverMacro(space.layers))
    for (const weight of namedWeightsOf(buildFound(architecture, size, settings)))
      if (!weights.has(weight.key)) weights.set(weight.key, weight);
  return [...weights.values()];
}

// The operations of the micro space that have weights.
const separable: readonly MicroOperation[] = ["separable 3×3", "separable 5×5"];

// Architectures that use every weight: for each such operation and each input, all edges that can have them do. Where all
// edges take input 0, all others are loose ends; where all take input 1, 0 is.
function coverMicro(nodes: number): Architecture[] {
  const inputs = Array.from({ length: nodes + 1 }, (_, input) => input);
  return separable.flatMap((operation) =>
    inputs.map((input): Architecture => {
      const cell: Cell = inputs.slice(1).map((last) => {
        const edge: Edge = { input: Math.min(input, last), operation };
        return { x: edge, y: edge };
      });
      return { space: "micro", normal: cell, reduction: cell };
    }),
  );
}

// Architectures that use every weight: one for each operation, with all skip connections.
function coverMacro(count: number): Architecture[] {
  return macroOperations.map((operation) => ({
    space: "macro",
    layers: Array.from({ length: count }, (_, layer) => ({ operation, skips: new Array<boolean>(layer).fill(true) })),
  }));
}
