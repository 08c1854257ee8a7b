/**
 * What networks of all kinds of spaces are made of. A `place` is the first part of the names of the nodes that a block adds.
 *
 * @module
 */
import { Problem } from "../runtime/problem";
import type { GraphBuilder, InputSize, Value } from "../graph/builder";
import { layers, type BatchNormalisation } from "../graph/layer";
import type { CommonSettings, Stem } from "./settings";

/**
 * Adds ReLU, a 1×1 convolution and batch normalisation: `relu`, `convolution`, `norm`.
 *
 * @param builder The network.
 * @param place Where.
 * @param input `[height, width, channels]`.
 * @param filters Channels of the output.
 * @returns `[height, width, filters]`.
 */
export function project(
  builder: GraphBuilder,
  place: string,
  input: Value,
  filters: number,
  norm: BatchNormalisation,
): Value {
  const positive = builder.add(`${place}/relu`, layers.activation("relu"), input);
  const projected = builder.add(`${place}/convolution`, layers.convolution({ size: 1, filters }), positive);
  return builder.add(`${place}/norm`, norm, projected);
}

/**
 * Adds a factorised reduction: every second pixel of every second row by one 1×1 convolution, the pixels diagonally below
 * by another, side by side, then batch normalisation: `path0`, `shift`, `path1`, `concatenate`, `norm`. Pixels whose row
 * and column add up to an odd number are not read, as in the authors' code.
 *
 * @param builder The network.
 * @param place Where.
 * @param input `[height, width, channels]`, from 2 × 2 pixels.
 * @param filters Channels of the output, an even number.
 * @returns `[⌈height / 2⌉, ⌈width / 2⌉, filters]`.
 * @throws {Problem} Where the channels are odd.
 */
export function reduceFactorised(
  builder: GraphBuilder,
  place: string,
  input: Value,
  filters: number,
  norm: BatchNormalisation,
): Value {
  if (filters % 2 !== 0) {
    throw new Problem(
      `The factorised reduction ${place} gives ${filters} channels, expected an even number, half from either path.`,
      "Set `channels` to an even number.",
    );
  }
  const half = layers.convolution({ size: 1, stride: 2, filters: filters / 2 });
  const even = builder.add(`${place}/path0`, half, input);
  const shifted = builder.add(`${place}/shift`, layers.shift(), input);
  const odd = builder.add(`${place}/path1`, half, shifted);
  const both = builder.add(`${place}/concatenate`, layers.concatenate(), even, odd);
  return builder.add(`${place}/norm`, norm, both);
}

/**
 * Brings an input of a layer to the layer's size: one with more rows or columns by ReLU and a factorised reduction, one
 * with other channels by {@link project}; one that fits already stays as it is, and nothing is added.
 *
 * @param builder The network.
 * @param place Where.
 * @param input `[height, width, channels]`.
 * @param target A value of the layer's size; `input` has as many rows and columns, or twice as many.
 * @param filters The layer's channels.
 * @returns Rows and columns of `target`, and `filters` channels.
 */
export function calibrate(
  builder: GraphBuilder,
  place: string,
  input: Value,
  target: Value,
  filters: number,
  norm: BatchNormalisation,
): Value {
  if (input.shape[0] !== target.shape[0] || input.shape[1] !== target.shape[1]) {
    const positive = builder.add(`${place}/relu`, layers.activation("relu"), input);
    return reduceFactorised(builder, place, positive, filters, norm);
  }
  return input.shape[2] === filters ? input : project(builder, place, input, filters, norm);
}

/**
 * Adds the first layer: a 3×3 convolution and batch normalisation, without ReLU. The reducing stem has stride 2, and before
 * it a convolution of stride 2 to half the channels, batch normalisation and ReLU, named `stem/reduce`.
 *
 * @param builder The network.
 * @param kind Which stem.
 * @param filters Channels of the output.
 * @returns `[height, width, filters]`; for the reducing stem a quarter of the rows and columns, rounded up.
 */
export function addStem(builder: GraphBuilder, kind: Stem, filters: number, norm: BatchNormalisation): Value {
  let value = builder.input;
  const stride = kind === "reducing" ? 2 : 1;
  if (kind === "reducing") {
    const first = layers.convolution({ size: 3, stride, filters: Math.ceil(filters / 2) });
    value = builder.add("stem/reduce/convolution", first, value);
    value = builder.add("stem/reduce/norm", norm, value);
    value = builder.add("stem/reduce/relu", layers.activation("relu"), value);
  }
  value = builder.add("stem/convolution", layers.convolution({ size: 3, stride, filters }), value);
  return builder.add("stem/norm", norm, value);
}

/** The settings of the last layers. */
type LogitsSettings = Pick<CommonSettings, "dropout" | "classes" | "logitsBias">;

/**
 * Adds the last layers: the mean over the image, dropout where there is any, and the logits.
 *
 * @param builder The network.
 * @param input `[height, width, channels]`.
 * @param settings Of which the dropout, the classes and the bias matter.
 * @returns The logits, `[classes]`.
 */
export function addHead(builder: GraphBuilder, input: Value, settings: LogitsSettings): Value {
  return addLogits(builder, "head", builder.add("head/pool", layers.globalAveragePool(), input), settings);
}

/**
 * Adds dropout where there is any, and the logits: `dropout`, `logits`.
 *
 * @param builder The network.
 * @param place Where.
 * @param features `[features]`.
 * @param settings Of which the dropout, the classes and the bias matter.
 * @returns The logits, `[classes]`.
 */
export function addLogits(builder: GraphBuilder, place: string, features: Value, settings: LogitsSettings): Value {
  const { dropout: rate, classes: units, logitsBias: bias } = settings;
  const kept = rate > 0 ? builder.add(`${place}/dropout`, layers.dropout({ rate }), features) : features;
  return builder.add(`${place}/logits`, layers.dense({ units, bias }), kept);
}

/**
 * Checks that images are large enough to be halved twice, and twice more by a reducing stem.
 *
 * @param size The images.
 * @param kind The stem.
 * @throws {Problem} Where a side is too small.
 */
export function checkImageSize(size: InputSize, kind: Stem): void {
  const halvings = kind === "reducing" ? 4 : 2;
  // Halves are rounded up, and the last step needs two pixels.
  const least = 2 ** (halvings - 1) + 1;
  if (Math.min(size.height, size.width) >= least) return;
  throw new Problem(
    `The images have ${size.height} × ${size.width} pixels, expected at least ${least} × ${least}, as a found network with the stem "${kind}" halves them ${halvings} times.`,
    kind === "reducing" ? 'Give larger images, or choose the stem "cifar".' : "Give larger images.",
  );
}

/**
 * Turns the name of an operation into a part of the names of its nodes.
 *
 * @param operation The operation, "average pool 3×3".
 * @returns The part, "averagepool3x3".
 */
export function partOf(operation: string): string {
  return operation.replaceAll(" ", "").replaceAll("×", "x");
}
