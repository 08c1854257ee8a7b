import type { GraphBuilder, InputSize, Value } from "../builder";
import type { Graph } from "../graph";
import { layers } from "../layer";
import { smallestSide, sparedHalvings } from "./adaptation";
import { startHandCrafted, type HandCraftedNetwork, type HandCraftedOptions } from "./network";
import { addUnit } from "./units";

/** The fire modules, in groups with a pool before each: channels after the squeeze; each branch expands to four times. */
const groups = [
  [16, 16],
  [32, 32],
  [48, 48, 64, 64],
];

const plain = { bias: true, normalisation: null } as const;

/**
 * Builds SqueezeNet in its version 1.1, with 2.4 times less computation than 1.0: eight fire modules, no dense layer and no
 * normalisation, dropout 0.5 before the last convolution. As published, a ReLU stands before the last mean, so that logits
 * are never below 0.
 *
 * @param size The images, from 28 pixels.
 * @param options Classes and dropout.
 * @returns The network.
 * @throws {Problem} Where the images are too small, or an option is none or out of its range.
 */
export function buildSqueezeNet(size: InputSize, options: Partial<HandCraftedOptions> = {}): Graph {
  const { builder, classes, dropoutOr } = startHandCrafted(squeezeNet.name, size, smallestSide, options);
  const stride = sparedHalvings(size, 4) > 0 ? 1 : 2;

  let x = addUnit(builder, "stem", "", builder.input, { size: 3, filters: 64, stride, ...plain });
  groups.forEach((modules, group) => {
    const stage = `stage${group + 1}`;
    x = builder.add(`${stage}/pool`, layers.maxPool({ size: 3, stride: 2 }), x);
    modules.forEach((squeezed, module) => {
      x = addFire(builder, `${stage}/fire${module + 1}`, x, squeezed);
    });
  });
  const rate = dropoutOr(0.5);
  if (rate > 0) x = builder.add("head/dropout", layers.dropout({ rate }), x);
  x = addUnit(builder, "head", "", x, { size: 1, filters: classes, ...plain });
  return builder.finish(builder.add("head/logits", layers.globalAveragePool(), x));
}

function addFire(builder: GraphBuilder, place: string, input: Value, squeezed: number): Value {
  const filters = 4 * squeezed;
  const narrow = addUnit(builder, `${place}/squeeze`, "", input, { size: 1, filters: squeezed, ...plain });
  const small = addUnit(builder, `${place}/expand`, "1", narrow, { size: 1, filters, ...plain });
  const large = addUnit(builder, `${place}/expand`, "3", narrow, { size: 3, filters, ...plain });
  return builder.add(`${place}/concatenate`, layers.concatenate(), small, large);
}

/** SqueezeNet 1.1. */
export const squeezeNet: HandCraftedNetwork = {
  name: "SqueezeNet 1.1",
  year: 2016,
  source:
    "Iandola et al., SqueezeNet: AlexNet-level accuracy with 50× fewer parameters and <0.5 MB model size, arXiv 1602.07360; version 1.1 of its authors",
  published: 1_235_496,
  smallest: smallestSide,
  adaptation:
    "By the shorter side: from 49 pixels as published; below, the stem has stride 1 instead of 2. So the last feature map has at least 4 × 4 pixels. The parameters stay.",
  build: buildSqueezeNet,
};
