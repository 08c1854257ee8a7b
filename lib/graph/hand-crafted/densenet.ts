import type { GraphBuilder, InputSize, Value } from "../builder";
import type { Graph } from "../graph";
import { layers } from "../layer";
import { sayAdaptation, smallestSide, sparedHalvings } from "./adaptation";
import { startHandCrafted, type HandCraftedNetwork, type HandCraftedOptions } from "./network";
import { addUnit, finishWithMean, usualNormalisation } from "./units";

/** Layers of the four dense blocks: DenseNet-121 of the paper's table 1. */
const blocks = [6, 12, 24, 16];

/** Channels that each layer adds, the paper's k. */
const growth = 32;

/**
 * Builds DenseNet-121: four blocks whose layers take all that is there before them, normalised, through a 1×1 convolution
 * to 128 channels and a 3×3 one to 32; between blocks a 1×1 convolution halves the channels and a mean pool the pixels.
 *
 * @param size The images, from 28 pixels.
 * @param options Classes and dropout.
 * @returns The network.
 * @throws {Problem} Where the images are too small, or an option is none or out of its range.
 */
export function buildDenseNet(size: InputSize, options: Partial<HandCraftedOptions> = {}): Graph {
  const start = startHandCrafted(denseNet.name, size, smallestSide, options);
  const { builder } = start;
  const spared = sparedHalvings(size, 5);

  let x = addUnit(builder, "stem", "", builder.input, { size: 7, filters: 2 * growth, stride: spared > 0 ? 1 : 2 });
  if (spared < 2) x = builder.add("stem/pool", layers.maxPool({ size: 3, stride: 2 }), x);
  blocks.forEach((count, block) => {
    if (block > 0) x = addTransition(builder, `transition${block}`, x);
    for (let layer = 1; layer <= count; layer++) x = addLayer(builder, `block${block + 1}/layer${layer}`, x);
  });
  return finishWithMean(start, normalise(builder, "head", "", x), start.dropoutOr(0));
}

function addLayer(builder: GraphBuilder, place: string, input: Value): Value {
  const bare = { normalisation: null, activation: null };
  let x = normalise(builder, place, "1", input);
  x = addUnit(builder, place, "1", x, { size: 1, filters: 4 * growth, ...bare });
  x = normalise(builder, place, "2", x);
  x = addUnit(builder, place, "2", x, { size: 3, filters: growth, ...bare });
  return builder.add(`${place}/concatenate`, layers.concatenate(), input, x);
}

function addTransition(builder: GraphBuilder, place: string, input: Value): Value {
  const filters = input.shape[2]! / 2;
  const x = builder.add(
    `${place}/convolution`,
    layers.convolution({ size: 1, filters }),
    normalise(builder, place, "", input),
  );
  return builder.add(`${place}/pool`, layers.averagePool({ size: 2 }), x);
}

function normalise(builder: GraphBuilder, place: string, number: string, input: Value): Value {
  const x = builder.add(`${place}/norm${number}`, layers.batchNormalisation({ ...usualNormalisation }), input);
  return builder.add(`${place}/relu${number}`, layers.activation("relu"), x);
}

/** DenseNet-121. */
export const denseNet: HandCraftedNetwork = {
  name: "DenseNet-121",
  year: 2016,
  source:
    "Huang, Liu, van der Maaten and Weinberger, Densely connected convolutional networks, CVPR 2017, arXiv 1608.06993",
  published: 7_978_856,
  smallest: smallestSide,
  adaptation: sayAdaptation("the stem's convolution has stride 1 instead of 2", "the stem's pool is left out, too"),
  build: buildDenseNet,
};
