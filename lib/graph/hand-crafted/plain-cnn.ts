import type { InputSize } from "../builder";
import type { Graph } from "../graph";
import { layers } from "../layer";
import { startHandCrafted, type HandCraftedNetwork, type HandCraftedOptions } from "./network";
import { addUnit, finishWithMean } from "./units";

/** Channels of its three blocks. */
const channels = [16, 32, 64];

/** The smallest side in pixels: three halvings leave 2. */
const smallest = 16;

/**
 * Builds the plain CNN: three blocks of twice a 3×3 convolution without bias, batch normalisation and ReLU, then a 2×2 max
 * pool; 16, 32 and 64 channels; the mean over the image, dropout 0.3, a dense layer. A small network for hundreds of images
 * that larger ones have to surpass.
 *
 * @param size The images, from 16 pixels.
 * @param options Classes and dropout.
 * @returns The network: 72,146 parameters for gray images and 2 classes, 72,434 for three channels.
 * @throws {Problem} Where the images are too small, or an option is none or out of its range.
 */
export function buildPlainCnn(size: InputSize, options: Partial<HandCraftedOptions> = {}): Graph {
  const start = startHandCrafted(plainCnn.name, size, smallest, options);
  const { builder } = start;
  let x = builder.input;
  channels.forEach((filters, index) => {
    const place = `block${index + 1}`;
    x = addUnit(builder, place, "1", x, { size: 3, filters });
    x = addUnit(builder, place, "2", x, { size: 3, filters });
    x = builder.add(`${place}/pool`, layers.maxPool({ size: 2 }), x);
  });
  return finishWithMean(start, x, start.dropoutOr(0.3));
}

/** The plain CNN. */
export const plainCnn: HandCraftedNetwork = {
  name: "plain CNN",
  year: null,
  source: "a small VGG with batch normalisation, of no paper: the floor for networks trained from scratch",
  published: null,
  smallest,
  adaptation: "None: the same at every size, with the same parameters.",
  build: buildPlainCnn,
};
