import type { MacroArchitecture } from "./architecture";

/**
 * Describes a macro architecture in words.
 *
 * @returns The lines, one for each layer.
 */
export function describeMacro({ layers }: MacroArchitecture): string {
  return layers
    .map(({ operation, skips }, layer) => {
      const added = skips.flatMap((skip, output) => (skip ? [inWords(output)] : []));
      return `layer ${layer} = ${operation} of ${[inWords(layer), ...added].join(" + ")}`;
    })
    .join("\n");
}

/**
 * Names an output that a layer may add: the stem's is the first. As drawings number them, the first layer is 0.
 *
 * @param output Which, from 0.
 * @returns "stem", "layer 0".
 */
export function nameOfOutput(output: number): string {
  return output === 0 ? "stem" : `layer ${output - 1}`;
}

const inWords = (output: number) => (output === 0 ? "the stem" : nameOfOutput(output));
