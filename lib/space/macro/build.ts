import { Problem } from "../../runtime/problem";
import { startGraph, type InputSize } from "../../graph/builder";
import type { Graph } from "../../graph/graph";
import { layers } from "../../graph/layer";
import { addHead, addStem, checkImageSize, partOf, reduceFactorised } from "../blocks";
import type { Operation } from "../kind";
import type { MacroArchitecture } from "./architecture";
import { macroOperations } from "./operations";
import type { MacroSettings } from "./settings";

/**
 * Builds the network of a macro architecture, the search network of Pham et al. 2018: each layer's operation on the output
 * before, plus the chosen earlier outputs, then batch normalisation. After layers d - 1 and 2d - 1, where d = ⌊L / 3⌋, all
 * earlier outputs are halved by factorised reductions of their own.
 *
 * Unlike the authors' code, where every operation is a max pool, it applies the operation that is chosen. Outputs that no
 * later layer uses are not halved, as nothing would come of it.
 *
 * @param architecture The architecture, a checked one.
 * @param size The images.
 * @param settings Every setting, checked.
 * @returns The network; its name is "ENAS macro" with the number of layers.
 * @throws {Problem} Where the images are too small, the channels are odd, or the architecture has fewer
 *   than 3 layers, or not as many as the settings say.
 */
export function buildMacro(architecture: MacroArchitecture, size: InputSize, settings: MacroSettings): Graph {
  const count = architecture.layers.length;
  checkLayers(count, settings.layers);
  const builder = startGraph(`ENAS macro ${count}`, size);
  checkImageSize(size, settings.stem);
  const norm = layers.batchNormalisation({ epsilon: settings.normEpsilon, momentum: settings.normMomentum });
  const lastUses = lastUsesOf(architecture);
  const third = Math.floor(count / 3);

  let channels = settings.channels;
  let pool = 0;
  let outputs = [addStem(builder, settings.stem, channels, norm)];
  architecture.layers.forEach(({ operation, skips }, layer) => {
    const place = `layer${layer}`;
    const { build }: Operation = macroOperations[operation];
    const name = (part = "") => [place, partOf(operation), ...(part === "" ? [] : [part])].join("/");
    let value = build({ builder, norm, name }, outputs.at(-1)!);
    const added = outputs.filter((_, output) => skips[output]);
    if (added.length > 0) value = builder.add(`${place}/sum`, layers.add(), value, ...added);
    if (layer > 0) value = builder.add(`${place}/norm`, norm, value);
    outputs.push(value);
    if (layer !== third - 1 && layer !== 2 * third - 1) return;
    if (settings.doubleChannels) channels *= 2;
    outputs = outputs.map((output, index) => {
      const isUsed = index === outputs.length - 1 || lastUses[index]! > layer;
      return isUsed ? reduceFactorised(builder, `pool${pool}/output${index}`, output, channels, norm) : output;
    });
    pool++;
  });
  return builder.finish(addHead(builder, outputs.at(-1)!, settings));
}

// For each output, the stem's first, the last layer that adds it; -1 where none does.
function lastUsesOf({ layers: all }: MacroArchitecture): number[] {
  const lastUses = new Array<number>(all.length + 1).fill(-1);
  all.forEach(({ skips }, layer) => {
    skips.forEach((skip, output) => {
      if (skip) lastUses[output] = layer;
    });
  });
  return lastUses;
}

function checkLayers(count: number, expected: number | null): void {
  if (count < 3) {
    throw new Problem(
      `The macro architecture has ${count} layers, expected at least 3, as rows and columns are halved after a third and two thirds of them.`,
      "Choose a space with more layers.",
    );
  }
  if (expected !== null && count !== expected) {
    throw new Problem(
      `The macro architecture has ${count} layers, and the settings say layers: ${expected}.`,
      "Take the settings of the space that it comes from, or leave `layers` out.",
    );
  }
}
