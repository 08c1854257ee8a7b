import type { GraphBuilder, InputSize, Value } from "../builder";
import type { Graph } from "../graph";
import { layers } from "../layer";
import { sayAdaptation, smallestSide, sparedHalvings } from "./adaptation";
import { startHandCrafted, type HandCraftedNetwork, type HandCraftedOptions } from "./network";
import { addUnit, finishWithMean, type ConvolutionUnit } from "./units";

/**
 * Channels of an inception module's branches: 1×1; 1×1 before 3×3, 3×3; 1×1 before the larger window, the larger window;
 * 1×1 after the pool.
 */
type Module = readonly [number, number, number, number, number, number];

/** The modules of each stage, from the third on: the paper's table 1. */
const stages: readonly (readonly Module[])[] = [
  [
    [64, 96, 128, 16, 32, 32],
    [128, 128, 192, 32, 96, 64],
  ],
  [
    [192, 96, 208, 16, 48, 64],
    [160, 112, 224, 24, 64, 64],
    [128, 128, 256, 24, 64, 64],
    [112, 144, 288, 32, 64, 64],
    [256, 160, 320, 32, 128, 128],
  ],
  [
    [256, 160, 320, 32, 128, 128],
    [384, 192, 384, 48, 128, 128],
  ],
];

/** The normalisation; the epsilon is torchvision's for this network. */
const normalisation = { epsilon: 1e-3, momentum: 0.9 };

/**
 * Builds GoogLeNet with batch normalisation and without auxiliary heads: nine inception modules, dropout 0.4. As in
 * torchvision and in the weights that TensorFlow's authors published, the third branch of a module has a window of 3×3
 * where the paper has 5×5.
 *
 * @param size The images, from 28 pixels.
 * @param options Classes and dropout.
 * @returns The network.
 * @throws {Problem} Where the images are too small, or an option is none or out of its range.
 */
export function buildGoogLeNet(size: InputSize, options: Partial<HandCraftedOptions> = {}): Graph {
  const start = startHandCrafted(googLeNet.name, size, smallestSide, options);
  const { builder } = start;
  const spared = sparedHalvings(size, 5);
  const pool = layers.maxPool({ size: 3, stride: 2 });

  let x = unit(builder, "stem", "1", builder.input, { size: 7, filters: 64, stride: spared > 0 ? 1 : 2 });
  if (spared < 2) x = builder.add("stem/pool1", pool, x);
  x = unit(builder, "stem", "2", x, { size: 1, filters: 64 });
  x = unit(builder, "stem", "3", x, { size: 3, filters: 192 });
  x = builder.add("stem/pool2", pool, x);
  stages.forEach((modules, index) => {
    const stage = `stage${index + 3}`;
    modules.forEach((module, number) => {
      x = addModule(builder, `${stage}/module${number + 1}`, x, module);
    });
    if (index === 0) x = builder.add(`${stage}/pool`, pool, x);
    if (index === 1) x = builder.add(`${stage}/pool`, layers.maxPool({ size: 2 }), x);
  });
  return finishWithMean(start, x, start.dropoutOr(0.4));
}

function addModule(builder: GraphBuilder, place: string, input: Value, module: Module): Value {
  const [one, beforeThree, three, beforeLarge, large, pooled] = module;
  const narrow = (number: string, value: Value, filters: number) =>
    unit(builder, place, number, value, { size: 1, filters });
  const branch = (number: string, before: number, filters: number) =>
    unit(builder, place, `${number}b`, narrow(`${number}a`, input, before), { size: 3, filters });
  const branches = [narrow("1", input, one), branch("2", beforeThree, three), branch("3", beforeLarge, large)];
  const pool = builder.add(`${place}/pool4`, layers.maxPool({ size: 3, stride: 1 }), input);
  return builder.add(`${place}/concatenate`, layers.concatenate(), ...branches, narrow("4", pool, pooled));
}

function unit(builder: GraphBuilder, place: string, number: string, input: Value, settings: ConvolutionUnit): Value {
  return addUnit(builder, place, number, input, { normalisation, ...settings });
}

/** GoogLeNet. */
export const googLeNet: HandCraftedNetwork = {
  name: "GoogLeNet",
  year: 2014,
  source: "Szegedy et al., Going deeper with convolutions, CVPR 2015, arXiv 1409.4842; with batch normalisation",
  published: 6_624_904,
  smallest: smallestSide,
  adaptation: sayAdaptation("the first convolution has stride 1 instead of 2", "the first pool is left out, too"),
  build: buildGoogLeNet,
};
