import type { GraphBuilder, InputSize, Value } from "../builder";
import type { Graph } from "../graph";
import { layers } from "../layer";
import { sayAdaptation, smallestSide, sparedHalvings } from "./adaptation";
import { startHandCrafted, type HandCraftedNetwork, type HandCraftedOptions } from "./network";
import { addSkip, finishWithLogits } from "./units";

/** Channels and blocks of the four stages: ConvNeXt-T of the paper's section 3. */
const stages = [
  { channels: 96, blocks: 3 },
  { channels: 192, blocks: 3 },
  { channels: 384, blocks: 9 },
  { channels: 768, blocks: 3 },
];

/** The share of images for which the last block is dropped (the paper's table 5). */
const lastDropPath = 0.1;

/** What each block's result is multiplied by at the start, so that the network begins as almost nothing but skips. */
const layerScale = 1e-6;

/**
 * Builds ConvNeXt-T: a stem of patches; blocks of a 7×7 convolution of each channel by itself, layer normalisation, two 1×1
 * convolutions with GELU between, and a scale for each channel; stochastic depth that grows from 0 to 0.1. The scale is a
 * depthwise convolution of one pixel.
 *
 * @param size The images, from 28 pixels.
 * @param options Classes and dropout.
 * @returns The network.
 * @throws {Problem} Where the images are too small, or an option is none or out of its range.
 */
export function buildConvNeXt(size: InputSize, options: Partial<HandCraftedOptions> = {}): Graph {
  const start = startHandCrafted(convNeXt.name, size, smallestSide, options);
  const { builder } = start;
  const normalise = (name: string, value: Value) => builder.add(name, layers.layerNormalisation(), value);
  const last = stages.reduce((sum, { blocks }) => sum + blocks, 0) - 1;
  let before = 0;

  let x = builder.input;
  stages.forEach(({ channels, blocks }, index) => {
    const stage = `stage${index + 1}`;
    if (index === 0) {
      const stride = 4 / 2 ** sparedHalvings(size, 5);
      const patches = layers.convolution({ size: 4, filters: channels, stride, bias: true });
      x = normalise("stem/norm", builder.add("stem/convolution", patches, x));
    } else {
      const halving = layers.convolution({ size: 2, filters: channels, stride: 2, bias: true });
      x = builder.add(`${stage}/reduce/convolution`, halving, normalise(`${stage}/reduce/norm`, x));
    }
    for (let block = 1; block <= blocks; block++)
      x = addBlock(builder, `${stage}/block${block}`, x, (lastDropPath * before++) / last);
  });
  x = normalise("head/norm", builder.add("head/pool", layers.globalAveragePool(), x));
  return finishWithLogits(start, x, start.dropoutOr(0));
}

function addBlock(builder: GraphBuilder, place: string, input: Value, dropPath: number): Value {
  const channels = input.shape[2]!;
  const narrow = (filters: number) => layers.convolution({ size: 1, filters, bias: true });
  let x = builder.add(`${place}/depthwise`, layers.depthwise({ size: 7, bias: true }), input);
  x = builder.add(`${place}/norm`, layers.layerNormalisation(), x);
  x = builder.add(`${place}/convolution1`, narrow(4 * channels), x);
  x = builder.add(`${place}/gelu`, layers.activation("gelu"), x);
  x = builder.add(`${place}/convolution2`, narrow(channels), x);
  x = builder.add(`${place}/scale`, layers.depthwise({ size: 1, constant: layerScale }), x);
  return addSkip(builder, place, input, x, dropPath);
}

/** ConvNeXt-T. */
export const convNeXt: HandCraftedNetwork = {
  name: "ConvNeXt-tiny",
  year: 2022,
  source: "Liu, Mao, Wu, Feichtenhofer, Darrell and Xie, A ConvNet for the 2020s, CVPR 2022, arXiv 2201.03545",
  published: 28_589_128,
  smallest: smallestSide,
  adaptation: sayAdaptation("the stem's patches, of 4 × 4, are 2 pixels apart instead of 4", "1 pixel"),
  build: buildConvNeXt,
};
