import type { InputSize } from "../builder";
import type { Graph } from "../graph";
import { layers } from "../layer";
import { startHandCrafted, type HandCraftedNetwork, type HandCraftedOptions } from "./network";
import { addUnit, finishWithLogits } from "./units";

/** Channels of its three convolutions. */
const channels = [16, 32, 64];

/** Numbers between the dense layers. */
const units = 128;

/** The smallest side in pixels: three halvings leave 2. */
const smallest = 16;

/**
 * Builds CNN3, a network of three convolutions, trained from scratch: the simplest one that studies of breast ultrasound
 * compare with. Each convolution is 3×3 with bias, followed by ReLU and a 2×2 max pool; 16, 32 and 64 channels; then a
 * dense layer of 128 with ReLU, dropout 0.5, a dense layer. The sizes and the dropout are chosen here.
 *
 * @param size The images, from 16 pixels.
 * @param options Classes and dropout.
 * @returns The network; its first dense layer has 8,192 weights for each pixel of the last feature map.
 * @throws {Problem} Where the images are too small, or an option is none or out of its range.
 */
export function buildCnn3(size: InputSize, options: Partial<HandCraftedOptions> = {}): Graph {
  const start = startHandCrafted(cnn3.name, size, smallest, options);
  const { builder } = start;
  let x = builder.input;
  channels.forEach((filters, index) => {
    const place = `block${index + 1}`;
    x = addUnit(builder, place, "", x, { size: 3, filters, bias: true, normalisation: null });
    x = builder.add(`${place}/pool`, layers.maxPool({ size: 2 }), x);
  });
  x = builder.add("head/flatten", layers.flatten(), x);
  x = builder.add("head/dense", layers.dense({ units }), x);
  x = builder.add("head/relu", layers.activation("relu"), x);
  return finishWithLogits(start, x, start.dropoutOr(0.5));
}

/** CNN3. */
export const cnn3: HandCraftedNetwork = {
  name: "CNN3",
  year: 2018,
  source:
    "after Xiao et al., Comparison of transferred deep neural networks in ultrasonic breast masses discrimination, BioMed Research International 2018: three convolutions; sizes chosen here",
  published: null,
  smallest,
  adaptation: "None: the same layers at every size; its first dense layer has more weights the larger the images.",
  build: buildCnn3,
};
