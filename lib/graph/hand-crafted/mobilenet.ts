import type { GraphBuilder, InputSize, Value } from "../builder";
import type { Graph } from "../graph";
import { sayAdaptation, smallestSide, sparedHalvings } from "./adaptation";
import { startHandCrafted, type HandCraftedNetwork, type HandCraftedOptions } from "./network";
import { addSkip, addUnit, finishWithMean } from "./units";

/** The stages: how many times wider a block is inside, its channels, blocks, and whether the first halves (table 2). */
const stages = [
  { expansion: 1, filters: 16, blocks: 1, halves: false },
  { expansion: 6, filters: 24, blocks: 2, halves: true },
  { expansion: 6, filters: 32, blocks: 3, halves: true },
  { expansion: 6, filters: 64, blocks: 4, halves: true },
  { expansion: 6, filters: 96, blocks: 3, halves: false },
  { expansion: 6, filters: 160, blocks: 3, halves: true },
  { expansion: 6, filters: 320, blocks: 1, halves: false },
];

/**
 * Builds MobileNetV2 of width 1: inverted residuals, which widen by a 1×1 convolution, filter each channel by itself, and
 * narrow without an activation; ReLU6; dropout 0.2 before the dense layer.
 *
 * @param size The images, from 28 pixels.
 * @param options Classes and dropout.
 * @returns The network.
 * @throws {Problem} Where the images are too small, or an option is none or out of its range.
 */
export function buildMobileNetV2(size: InputSize, options: Partial<HandCraftedOptions> = {}): Graph {
  const start = startHandCrafted(mobileNetV2.name, size, smallestSide, options);
  const { builder } = start;
  let spared = sparedHalvings(size, 5);
  const halve = () => (spared-- > 0 ? 1 : 2);
  const activation = "relu6";

  let x = addUnit(builder, "stem", "", builder.input, { size: 3, filters: 32, stride: halve(), activation });
  stages.forEach(({ expansion, filters, blocks, halves }, stage) => {
    for (let block = 1; block <= blocks; block++) {
      const stride = halves && block === 1 ? halve() : 1;
      x = addBlock(builder, `stage${stage + 1}/block${block}`, x, expansion, filters, stride);
    }
  });
  x = addUnit(builder, "head", "", x, { size: 1, filters: 1280, activation });
  return finishWithMean(start, x, start.dropoutOr(0.2));
}

function addBlock(
  builder: GraphBuilder,
  place: string,
  input: Value,
  expansion: number,
  filters: number,
  stride: number,
): Value {
  const inputs = input.shape[2]!;
  const activation = "relu6";
  let x = input;
  if (expansion > 1)
    x = addUnit(builder, `${place}/expand`, "", x, { size: 1, filters: inputs * expansion, activation });
  x = addUnit(builder, `${place}/depthwise`, "", x, { size: 3, filters: "each", stride, activation });
  x = addUnit(builder, `${place}/project`, "", x, { size: 1, filters, activation: null });
  return stride === 1 && inputs === filters ? addSkip(builder, place, input, x) : x;
}

/** MobileNetV2. */
export const mobileNetV2: HandCraftedNetwork = {
  name: "MobileNetV2",
  year: 2018,
  source:
    "Sandler, Howard, Zhu, Zhmoginov and Chen, MobileNetV2: Inverted residuals and linear bottlenecks, CVPR 2018, arXiv 1801.04381",
  published: 3_504_872,
  smallest: smallestSide,
  adaptation: sayAdaptation("the stem has stride 1 instead of 2", "so has stage 2"),
  build: buildMobileNetV2,
};
