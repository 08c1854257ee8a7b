import type { GraphBuilder, InputSize, Value } from "../builder";
import type { Graph } from "../graph";
import { layers } from "../layer";
import { sayAdaptation, smallestSide, sparedHalvings } from "./adaptation";
import { startHandCrafted, type HandCraftedNetwork, type HandCraftedOptions } from "./network";
import { addSkip, addUnit, finishWithMean, type ConvolutionUnit } from "./units";

/** The stages: how many times wider a block is inside, its window, channels, blocks, whether the first halves (table 1). */
const stages = [
  { expansion: 1, window: 3, filters: 16, blocks: 1, halves: false },
  { expansion: 6, window: 3, filters: 24, blocks: 2, halves: true },
  { expansion: 6, window: 5, filters: 40, blocks: 2, halves: true },
  { expansion: 6, window: 3, filters: 80, blocks: 3, halves: true },
  { expansion: 6, window: 5, filters: 112, blocks: 3, halves: false },
  { expansion: 6, window: 5, filters: 192, blocks: 4, halves: true },
  { expansion: 6, window: 3, filters: 320, blocks: 1, halves: false },
];

/** The share of images for which the last block is dropped: the paper's survival probability of 0.8. */
const lastDropPath = 0.2;

/** The normalisation of the paper (section 5.2) and of its authors' program, for the epsilon. */
const normalisation = { epsilon: 1e-3, momentum: 0.99 };

/**
 * Builds EfficientNet-B0: inverted residuals with squeeze-and-excitation and swish; stochastic depth that grows from 0 at
 * the first block towards 0.2; dropout 0.2 before the dense layer. Its moving means follow slowly (momentum 0.99): it needs
 * some hundreds of steps.
 *
 * @param size The images, from 28 pixels.
 * @param options Classes and dropout.
 * @returns The network.
 * @throws {Problem} Where the images are too small, or an option is none or out of its range.
 */
export function buildEfficientNet(size: InputSize, options: Partial<HandCraftedOptions> = {}): Graph {
  const start = startHandCrafted(efficientNet.name, size, smallestSide, options);
  const { builder } = start;
  let spared = sparedHalvings(size, 5);
  const halve = () => (spared-- > 0 ? 1 : 2);
  const total = stages.reduce((sum, { blocks }) => sum + blocks, 0);
  let before = 0;

  let x = unit(builder, "stem", builder.input, { size: 3, filters: 32, stride: halve() });
  stages.forEach((stage, index) => {
    for (let block = 1; block <= stage.blocks; block++) {
      const stride = stage.halves && block === 1 ? halve() : 1;
      const dropPath = (lastDropPath * before++) / total;
      x = addBlock(builder, `stage${index + 1}/block${block}`, x, { ...stage, stride, dropPath });
    }
  });
  x = unit(builder, "head", x, { size: 1, filters: 1280 });
  return finishWithMean(start, x, start.dropoutOr(0.2));
}

interface Block {
  readonly expansion: number;
  readonly window: number;
  readonly filters: number;
  readonly stride: number;
  readonly dropPath: number;
}

function addBlock(builder: GraphBuilder, place: string, input: Value, block: Block): Value {
  const { expansion, window, filters, stride, dropPath } = block;
  const inputs = input.shape[2]!;
  let x = input;
  if (expansion > 1) x = unit(builder, `${place}/expand`, x, { size: 1, filters: inputs * expansion });
  x = unit(builder, `${place}/depthwise`, x, { size: window, filters: "each", stride });
  // A quarter of what goes into the block, not of what the block is inside.
  x = addExcitation(builder, `${place}/excitation`, x, inputs / 4);
  x = unit(builder, `${place}/project`, x, { size: 1, filters, activation: null });
  return stride === 1 && inputs === filters ? addSkip(builder, place, input, x, dropPath) : x;
}

// Weighs each channel by what the means of all channels say (Hu, Shen and Sun, CVPR 2018).
function addExcitation(builder: GraphBuilder, place: string, input: Value, squeezed: number): Value {
  const filters = input.shape[2]!;
  const dense = { size: 1, bias: true, normalisation: null };
  let x = builder.add(`${place}/pool`, layers.globalAveragePool(), input);
  x = builder.add(`${place}/reshape`, layers.reshape([1, 1, filters]), x);
  x = addUnit(builder, place, "1", x, { ...dense, filters: squeezed, activation: "swish" });
  x = addUnit(builder, place, "2", x, { ...dense, filters, activation: "sigmoid" });
  return builder.add(`${place}/product`, layers.multiply(), input, x);
}

function unit(builder: GraphBuilder, place: string, input: Value, settings: ConvolutionUnit): Value {
  return addUnit(builder, place, "", input, { normalisation, activation: "swish", ...settings });
}

/** EfficientNet-B0. */
export const efficientNet: HandCraftedNetwork = {
  name: "EfficientNet-B0",
  year: 2019,
  source:
    "Tan and Le, EfficientNet: Rethinking model scaling for convolutional neural networks, ICML 2019, arXiv 1905.11946",
  published: 5_288_548,
  smallest: smallestSide,
  adaptation: sayAdaptation("the stem has stride 1 instead of 2", "so has stage 2"),
  build: buildEfficientNet,
};
