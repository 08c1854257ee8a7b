import { startGraph, type GraphBuilder, type InputSize, type Value } from "../../graph/builder";
import type { Graph } from "../../graph/graph";
import { layers, type BatchNormalisation } from "../../graph/layer";
import { addHead, addStem, calibrate, checkImageSize, partOf, reduceFactorised } from "../blocks";
import type { Operation } from "../kind";
import { looseEndsOf, type Cell, type Edge, type MicroArchitecture } from "./architecture";
import { addAuxiliary } from "./auxiliary";
import { microOperations } from "./operations";
import type { MicroSettings } from "./settings";

/** What all layers of a network have in common. */
interface Site {
  readonly builder: GraphBuilder;
  readonly norm: BatchNormalisation;
  readonly settings: MicroSettings;
}

/**
 * Builds the network of a micro architecture, the search network of Pham et al. 2018 (their released code, not their final
 * network, which is another function): a reduction layer halves its newest input by a factorised reduction and doubles the
 * channels, and a cell's loose ends are summed up after a 1×1 convolution each.
 *
 * A node's name holds all that the weights of the search depend on: layer, node, side, operation and which input.
 *
 * @param architecture The architecture, a checked one.
 * @param size The images.
 * @param settings Every setting, checked.
 * @returns The network; its name is ENAS with the number of layers, "ENAS8" for 6 and 2 reductions.
 * @throws {Problem} Where the images are too small.
 */
export function buildMicro(architecture: MicroArchitecture, size: InputSize, settings: MicroSettings): Graph {
  const { cells, stemMultiplier, stem } = settings;
  const builder = startGraph(`ENAS${cells + 2}`, size);
  checkImageSize(size, stem);
  const norm = layers.batchNormalisation({ epsilon: settings.normEpsilon, momentum: settings.normMomentum });
  const site: Site = { builder, norm, settings };

  let channels = settings.channels;
  const first = addStem(builder, stem, stemMultiplier * channels, norm);
  let [older, newer] = [first, first];
  const third = Math.floor(cells / 3);
  let auxiliary: Value | null = null;
  for (let layer = 0; layer < cells + 2; layer++) {
    const isReduction = layer === third || layer === 2 * third + 1;
    if (isReduction) {
      channels *= 2;
      [older, newer] = [newer, reduceFactorised(builder, `layer${layer}/reduce`, newer, channels, norm)];
    }
    const cell = isReduction ? architecture.reduction : architecture.normal;
    [older, newer] = [newer, addLayer(site, layer, cell, older, newer, channels)];
    if (settings.auxiliary && layer === 2 * third + 2) auxiliary = newer;
  }

  const positive = builder.add("head/relu", layers.activation("relu"), newer);
  const logits = addHead(builder, positive, settings);
  if (auxiliary !== null) auxiliary = addAuxiliary(builder, auxiliary, settings.classes, settings.logitsBias, norm);
  return builder.finish(logits, auxiliary);
}

function addLayer(site: Site, layer: number, cell: Cell, older: Value, newer: Value, channels: number): Value {
  const { builder, norm } = site;
  const place = `layer${layer}`;
  const values = [
    calibrate(builder, `${place}/calibrate0`, older, newer, channels, norm),
    calibrate(builder, `${place}/calibrate1`, newer, newer, channels, norm),
  ];
  for (const { x, y } of cell) {
    const node = `${place}/node${values.length}`;
    const sides = [addEdge(site, layer, `${node}/x`, x, values), addEdge(site, layer, `${node}/y`, y, values)];
    values.push(builder.add(`${node}/sum`, layers.add(), ...sides));
  }
  // One convolution over all loose ends is the sum of one convolution for each, and so each has weights of its own.
  const ends = looseEndsOf(cell).map((input) => {
    const end = `${place}/output/input${input}`;
    const positive = builder.add(`${end}/relu`, layers.activation("relu"), values[input]!);
    return builder.add(`${end}/convolution`, layers.convolution({ size: 1, filters: channels }), positive);
  });
  const sum = ends.length === 1 ? ends[0]! : builder.add(`${place}/output/sum`, layers.add(), ...ends);
  return builder.add(`${place}/output/norm`, norm, sum);
}

function addEdge(site: Site, layer: number, place: string, { input, operation }: Edge, values: Value[]): Value {
  const { builder, norm, settings } = site;
  const { build }: Operation = microOperations[operation];
  // Weights depend on which input it is: its number stands in their names.
  const name = (part?: string) =>
    [place, partOf(operation), ...(part === undefined ? [] : [part]), `input${input}`].join("/");
  const value = build({ builder, norm, name }, values[input]!);
  // Identities add nothing, and are never dropped.
  if (value === values[input]) return value;
  const rate = (settings.dropPath * (layer + 1)) / (settings.cells + 2);
  return rate > 0 ? builder.add(`${place}/drop`, layers.dropout({ rate, unit: "image" }), value) : value;
}
