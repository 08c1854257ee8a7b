/**
 * The layers that networks are made of, as plain data. Sizes are in pixels, counted on the side of a square.
 *
 * @module
 */

/** The shape of a value without its batch: `[height, width, channels]`, or `[features]` after a flattening. */
export type Shape = readonly number[];

/** Functions that a layer applies to each number. */
export const activationFunctions = ["relu", "relu6", "swish", "sigmoid", "gelu", "tanh"] as const;

/** A function that a layer applies to each number. */
export type ActivationFunction = (typeof activationFunctions)[number];

/**
 * How a window treats the border: `same` pads with zeros (as TensorFlow does, the extra row and column below and on the
 * right) so that the output has ⌈size / stride⌉ pixels; `valid` stays inside.
 */
export type Padding = "same" | "valid";

/** A window that moves over the image. */
export interface Window {
  /** Side of the window, from 1. */
  readonly size: number;
  /** Pixels from one place to the next, from 1; default: 1. */
  readonly stride: number;
  /** What happens at the border; default: `same`. */
  readonly padding: Padding;
}

/** A convolution over all channels. */
export interface Convolution extends Window {
  /** Which layer. */
  readonly kind: "convolution";
  /** Channels of the output, from 1. */
  readonly filters: number;
  /** Whether a number is added to each output channel; default: no, as a batch normalisation follows. */
  readonly bias: boolean;
}

/** A convolution of each channel by itself. */
export interface DepthwiseConvolution extends Window {
  /** Which layer. */
  readonly kind: "depthwise convolution";
  /** Whether a number is added to each channel; default: no. */
  readonly bias: boolean;
  /** A number that all weights start with; null for the usual random start. */
  readonly constant: number | null;
}

/** Batch normalisation: each channel to mean 0 and variance 1 over the batch, then scaled and shifted. */
export interface BatchNormalisation {
  /** Which layer. */
  readonly kind: "batch normalisation";
  /** Added to the variance; default: 0.001. */
  readonly epsilon: number;
  /** How much of the moving mean and variance stays at each step, 0 to 1; default: 0.9. */
  readonly momentum: number;
}

/** Layer normalisation: the channels of each pixel to mean 0 and variance 1, then scaled and shifted. */
export interface LayerNormalisation {
  /** Which layer. */
  readonly kind: "layer normalisation";
  /** Added to the variance; default: 0.000001. */
  readonly epsilon: number;
}

/** A function of each number. */
export interface Activation {
  /** Which layer. */
  readonly kind: "activation";
  /** Which function. */
  readonly function: ActivationFunction;
}

/** The largest number in a window. */
export interface MaxPool extends Window {
  /** Which layer. */
  readonly kind: "max pool";
}

/** The mean of a window, of the pixels inside the image alone. */
export interface AveragePool extends Window {
  /** Which layer. */
  readonly kind: "average pool";
}

/** The mean of each channel over the whole image: `[height, width, channels]` to `[channels]`. */
export interface GlobalAveragePool {
  /** Which layer. */
  readonly kind: "global average pool";
}

/** The largest of each channel over the whole image: `[height, width, channels]` to `[channels]`. */
export interface GlobalMaxPool {
  /** Which layer. */
  readonly kind: "global max pool";
}

/** The sum of values of one shape. */
export interface Add {
  /** Which layer. */
  readonly kind: "add";
}

/** The product of two values; of the second, height and width may be 1. */
export interface Multiply {
  /** Which layer. */
  readonly kind: "multiply";
}

/** The channels of several values behind each other. */
export interface Concatenate {
  /** Which layer. */
  readonly kind: "concatenate";
}

/** Each output a weighted sum of all inputs: `[features]` to `[units]`. */
export interface Dense {
  /** Which layer. */
  readonly kind: "dense";
  /** How many outputs, from 1. */
  readonly units: number;
  /** Whether a number is added to each; default: yes. */
  readonly bias: boolean;
}

/** All numbers of an image in one row. */
export interface Flatten {
  /** Which layer. */
  readonly kind: "flatten";
}

/** The numbers of one row as an image. */
export interface Reshape {
  /** Which layer. */
  readonly kind: "reshape";
  /** The shape, `[height, width, channels]`. */
  readonly shape: Shape;
}

/** Sets numbers to zero at random while training, and makes the others larger by as much. */
export interface Dropout {
  /** Which layer. */
  readonly kind: "dropout";
  /** The share that is set to zero, 0 to below 1. */
  readonly rate: number;
  /** What is kept or dropped together: each number, or all of an image, which is drop-path. Default: `number`. */
  readonly unit: "number" | "image";
}

/** The image moved up and to the left by one pixel, zeros coming in from below and from the right. */
export interface Shift {
  /** Which layer. */
  readonly kind: "shift";
}

/** The image made larger by whole numbers: each pixel becomes a square of equal ones. */
export interface Upsample {
  /** Which layer. */
  readonly kind: "upsample";
  /** By how much each side grows, from 2. */
  readonly factor: number;
}

/** The image that comes in. */
export interface Input {
  /** Which layer. */
  readonly kind: "input";
}

/** A layer of a network. */
export type Layer =
  | Input
  | Convolution
  | DepthwiseConvolution
  | BatchNormalisation
  | LayerNormalisation
  | Activation
  | MaxPool
  | AveragePool
  | GlobalAveragePool
  | GlobalMaxPool
  | Add
  | Multiply
  | Concatenate
  | Dense
  | Flatten
  | Reshape
  | Dropout
  | Shift
  | Upsample;

type Given<Kind extends Layer, Optional extends keyof Kind> = Omit<Kind, "kind" | Optional> &
  Partial<Pick<Kind, Optional>>;

/** Makes layers of what differs from the defaults. */
export const layers = {
  /**
   * A convolution over all channels; stride 1, `same`, without bias.
   *
   * @param given What differs from that.
   * @returns The layer.
   */
  convolution: (given: Given<Convolution, "stride" | "padding" | "bias">): Convolution => ({
    kind: "convolution",
    stride: 1,
    padding: "same",
    bias: false,
    ...given,
  }),
  /**
   * A convolution of each channel by itself; stride 1, `same`, without bias, a random start.
   *
   * @param given What differs from that.
   * @returns The layer.
   */
  depthwise: (
    given: Given<DepthwiseConvolution, "stride" | "padding" | "bias" | "constant">,
  ): DepthwiseConvolution => ({
    kind: "depthwise convolution",
    stride: 1,
    padding: "same",
    bias: false,
    constant: null,
    ...given,
  }),
  /**
   * Batch normalisation; epsilon 0.001, momentum 0.9.
   *
   * @param given What differs from that.
   * @returns The layer.
   */
  batchNormalisation: (given: Given<BatchNormalisation, "epsilon" | "momentum"> = {}): BatchNormalisation => ({
    kind: "batch normalisation",
    epsilon: 1e-3,
    momentum: 0.9,
    ...given,
  }),
  /**
   * Layer normalisation over the channels; epsilon 0.000001.
   *
   * @param given What differs from that.
   */
  layerNormalisation: (given: Given<LayerNormalisation, "epsilon"> = {}): LayerNormalisation => ({
    kind: "layer normalisation",
    epsilon: 1e-6,
    ...given,
  }),
  /**
   * A function of each number.
   *
   * @param name Which function.
   * @returns The layer.
   */
  activation: (name: ActivationFunction): Activation => ({ kind: "activation", function: name }),
  /**
   * The largest of a window; stride as the size, `same`.
   *
   * @param given What differs from that.
   * @returns The layer.
   */
  maxPool: (given: Given<MaxPool, "stride" | "padding">): MaxPool => ({
    kind: "max pool",
    stride: given.size,
    padding: "same",
    ...given,
  }),
  /**
   * The mean of a window; stride as the size, `same`.
   *
   * @param given What differs from that.
   * @returns The layer.
   */
  averagePool: (given: Given<AveragePool, "stride" | "padding">): AveragePool => ({
    kind: "average pool",
    stride: given.size,
    padding: "same",
    ...given,
  }),
  /**
   * The mean over the whole image.
   *
   * @returns The layer.
   */
  globalAveragePool: (): GlobalAveragePool => ({ kind: "global average pool" }),
  /**
   * The largest over the whole image.
   *
   * @returns The layer.
   */
  globalMaxPool: (): GlobalMaxPool => ({ kind: "global max pool" }),
  /**
   * The sum.
   *
   * @returns The layer.
   */
  add: (): Add => ({ kind: "add" }),
  /**
   * The product.
   *
   * @returns The layer.
   */
  multiply: (): Multiply => ({ kind: "multiply" }),
  /**
   * The channels behind each other.
   *
   * @returns The layer.
   */
  concatenate: (): Concatenate => ({ kind: "concatenate" }),
  /**
   * A dense layer, with bias.
   *
   * @param given What differs from that.
   * @returns The layer.
   */
  dense: (given: Given<Dense, "bias">): Dense => ({ kind: "dense", bias: true, ...given }),
  /**
   * All numbers in one row.
   *
   * @returns The layer.
   */
  flatten: (): Flatten => ({ kind: "flatten" }),
  /**
   * One row as an image.
   *
   * @param shape The shape, `[height, width, channels]`.
   * @returns The layer.
   */
  reshape: (shape: Shape): Reshape => ({ kind: "reshape", shape }),
  /**
   * Dropout of single numbers.
   *
   * @param given What differs from that.
   * @returns The layer.
   */
  dropout: (given: Given<Dropout, "unit">): Dropout => ({ kind: "dropout", unit: "number", ...given }),
  /**
   * The image moved by one pixel.
   *
   * @returns The layer.
   */
  shift: (): Shift => ({ kind: "shift" }),
  /**
   * Each pixel as a square of equal ones; twice as large on each side.
   *
   * @param given What differs from that.
   * @returns The layer.
   */
  upsample: (given: Given<Upsample, "factor"> = {}): Upsample => ({ kind: "upsample", factor: 2, ...given }),
} as const;
