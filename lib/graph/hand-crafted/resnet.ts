import type { GraphBuilder, InputSize, Value } from "../builder";
import type { Graph } from "../graph";
import { layers } from "../layer";
import { sayAdaptation, smallestSide, sparedHalvings } from "./adaptation";
import { startHandCrafted, type HandCraftedNetwork, type HandCraftedOptions } from "./network";
import { addSkip, addUnit, finishWithMean } from "./units";

/** Layers with weights on the longest way, the projections not counted. */
export type ResNetDepth = 18 | 34 | 50;

/** Blocks of the four stages: the paper's table 1. */
const blocks = { 18: [2, 2, 2, 2], 34: [3, 4, 6, 3], 50: [3, 4, 6, 3] } as const;

/** Channels of the first stage; each further one has twice as many, and a bottleneck gives four times as many. */
const channels = 64;

/** Trainable parameters at 224 × 224 × 3 and 1000 classes: torchvision's resnet18, resnet34, resnet50. */
const published = { 18: 11_689_512, 34: 21_797_672, 50: 25_557_032 } as const;

/**
 * Builds a ResNet: a stem, and four stages of blocks of two 3×3 convolutions or, in ResNet-50, of bottlenecks of 1×1, 3×3
 * and 1×1. A bottleneck halves in its 3×3 convolution, as torchvision's, and a projection goes around a block that changes
 * the shape (option B of the paper).
 *
 * @param depth Which.
 * @param size The images, from 28 pixels.
 * @param options Classes and dropout.
 * @returns The network.
 * @throws {Problem} Where the images are too small, or an option is none or out of its range.
 */
export function buildResNet(depth: ResNetDepth, size: InputSize, options: Partial<HandCraftedOptions> = {}): Graph {
  const start = startHandCrafted(`ResNet-${depth}`, size, smallestSide, options);
  const { builder } = start;
  const spared = sparedHalvings(size, 5);
  const addBlock = depth === 50 ? addBottleneck : addBasic;

  let x = addUnit(builder, "stem", "", builder.input, { size: 7, filters: channels, stride: spared > 0 ? 1 : 2 });
  if (spared < 2) x = builder.add("stem/pool", layers.maxPool({ size: 3, stride: 2 }), x);
  blocks[depth].forEach((count, stage) => {
    for (let block = 1; block <= count; block++) {
      const stride = stage > 0 && block === 1 ? 2 : 1;
      x = addBlock(builder, `stage${stage + 1}/block${block}`, x, channels * 2 ** stage, stride);
    }
  });
  return finishWithMean(start, x, start.dropoutOr(0));
}

function addBasic(builder: GraphBuilder, place: string, input: Value, filters: number, stride: number): Value {
  let x = addUnit(builder, place, "1", input, { size: 3, filters, stride });
  x = addUnit(builder, place, "2", x, { size: 3, filters, activation: null });
  return close(builder, place, input, x, stride, "2");
}

function addBottleneck(builder: GraphBuilder, place: string, input: Value, filters: number, stride: number): Value {
  let x = addUnit(builder, place, "1", input, { size: 1, filters });
  x = addUnit(builder, place, "2", x, { size: 3, filters, stride });
  x = addUnit(builder, place, "3", x, { size: 1, filters: 4 * filters, activation: null });
  return close(builder, place, input, x, stride, "3");
}

// Adds the input, projected where the block changes the shape, and the last ReLU.
function close(
  builder: GraphBuilder,
  place: string,
  input: Value,
  result: Value,
  stride: number,
  number: string,
): Value {
  const filters = result.shape[2]!;
  const around =
    stride === 1 && input.shape[2] === filters
      ? input
      : addUnit(builder, `${place}/projection`, "", input, { size: 1, filters, stride, activation: null });
  return builder.add(`${place}/relu${number}`, layers.activation("relu"), addSkip(builder, place, around, result));
}

/** The ResNets. */
export const resNets: readonly HandCraftedNetwork[] = ([18, 34, 50] as const).map((depth) => ({
  name: `ResNet-${depth}`,
  year: 2015,
  source: "He, Zhang, Ren and Sun, Deep residual learning for image recognition, CVPR 2016, arXiv 1512.03385",
  published: published[depth],
  smallest: smallestSide,
  adaptation: sayAdaptation("the stem's convolution has stride 1 instead of 2", "the stem's pool is left out, too"),
  build: (size, options) => buildResNet(depth, size, options),
}));
