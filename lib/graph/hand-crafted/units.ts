import type { GraphBuilder, Value } from "../builder";
import type { Graph } from "../graph";
import { layers, type ActivationFunction } from "../layer";
import type { Start } from "./network";

/** The constants of batch normalisations. */
export interface Normalisation {
  /** Added to the variance. */
  readonly epsilon: number;
  /** How much of the moving mean and variance stays at each step, 0 to 1. */
  readonly momentum: number;
}

/** The normalisation of most networks: torchvision's, which counts as 0.1 what goes instead of what stays. */
export const usualNormalisation: Normalisation = { epsilon: 1e-5, momentum: 0.9 };

/** A convolution with what follows it. */
export interface ConvolutionUnit {
  /** Side of the window, in pixels. */
  readonly size: number;
  /** Channels of the output; "each" for a convolution of each channel by itself. */
  readonly filters: number | "each";
  /** Pixels from one place of the window to the next; default: 1. */
  readonly stride?: number;
  /** Whether the convolution adds a number to each channel; default: no. */
  readonly bias?: boolean;
  /** The normalisation after it, null for none; default: {@link usualNormalisation}. */
  readonly normalisation?: Normalisation | null;
  /** The function at the end, null for none; default: `relu`. */
  readonly activation?: ActivationFunction | null;
}

/**
 * Adds a convolution, a normalisation and an activation, all padded `same`.
 *
 * @param builder The network.
 * @param place Its place: nodes are called `place/convolution`, `place/norm` and, by the function, `place/relu`.
 * @param number What tells it from others at this place, behind each name: "1" for `place/convolution1`; may be empty.
 * @param input What it takes, `[height, width, channels]`.
 * @returns What it gives, `[⌈height / stride⌉, ⌈width / stride⌉, filters]`.
 */
export function addUnit(
  builder: GraphBuilder,
  place: string,
  number: string,
  input: Value,
  unit: ConvolutionUnit,
): Value {
  const { size, filters, stride = 1, bias = false, activation = "relu" } = unit;
  const { normalisation = usualNormalisation } = unit;
  const convolution =
    filters === "each" ? layers.depthwise({ size, stride, bias }) : layers.convolution({ size, filters, stride, bias });
  let x = builder.add(`${place}/convolution${number}`, convolution, input);
  if (normalisation !== null)
    x = builder.add(`${place}/norm${number}`, layers.batchNormalisation({ ...normalisation }), x);
  if (activation !== null) x = builder.add(`${place}/${activation}${number}`, layers.activation(activation), x);
  return x;
}

/**
 * Adds the end that most networks have, and ends the building: the mean over the image, dropout, a dense layer.
 *
 * @param start The network.
 * @param input Its last feature map, `[height, width, channels]`.
 * @param rate The share of numbers set to zero before the dense layer; 0 for none.
 * @returns The network; nodes `head/pool`, `head/dropout` where there is dropout, `head/logits`.
 */
export function finishWithMean(start: Start, input: Value, rate: number): Graph {
  const pooled = start.builder.add("head/pool", layers.globalAveragePool(), input);
  return finishWithLogits(start, pooled, rate);
}

/**
 * Adds dropout and the dense layer that gives the logits, and ends the building.
 *
 * @param start The network.
 * @param input A row of numbers, `[features]`.
 * @param rate The share of numbers set to zero before the dense layer; 0 for none.
 * @returns The network; nodes `head/dropout` where there is dropout, `head/logits`.
 */
export function finishWithLogits(start: Start, input: Value, rate: number): Graph {
  const { builder, classes } = start;
  const kept = rate > 0 ? builder.add("head/dropout", layers.dropout({ rate }), input) : input;
  return builder.finish(builder.add("head/logits", layers.dense({ units: classes }), kept));
}

/**
 * Adds a block's result to what went into the block. While training, the result of whole images is dropped at random
 * (Huang, Sun, Liu, Sedra and Weinberger, "Deep networks with stochastic depth", ECCV 2016).
 *
 * @param builder The network.
 * @param place The block: nodes `place/drop` where the rate is above 0, and `place/sum`.
 * @param input What went in.
 * @param result What the block made of it, of the same shape.
 * @param rate The share of images whose result is dropped, 0 to below 1.
 * @returns The sum.
 */
export function addSkip(builder: GraphBuilder, place: string, input: Value, result: Value, rate = 0): Value {
  const kept = rate > 0 ? builder.add(`${place}/drop`, layers.dropout({ rate, unit: "image" }), result) : result;
  return builder.add(`${place}/sum`, layers.add(), input, kept);
}
