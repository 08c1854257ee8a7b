import { tf } from "../runtime/tensorflow";
import { addTo, gradientMode, gradientModeOver, gradientModes, type Base } from "./accumulate";
import { flag, float, integer, type KernelAttribute } from "./attributes";
import { callKernel } from "./call";
import { nothing } from "./tensorflow-call";
import { ownKernels } from "./choose-kernels";
import { normaliseByTensorflow, plain, statisticsShapes, type Norm, type Normalised } from "./normalised";
import {
  convolutionInputGradient,
  convolutionKernelGradient,
  fusedNormaliseGradient,
  reluGradient,
} from "./tensorflow";

/** One of the 1 × 1 convolutions that are put together. */
export interface PointwiseInput {
  /** The input, `[batch, height, width, channels]`; height and width are the same for all. */
  readonly x: tf.Tensor4D;
  /** The scale of a normalisation that was left to the reader, `[channels]`; null or left out: x is taken as it is. */
  readonly scale?: tf.Tensor1D | null;
  /** Its shift, `[channels]`. */
  readonly shift?: tf.Tensor1D | null;
  /** The weights, `[1, 1, channels, filters]`. */
  readonly kernel: tf.Tensor4D;
  /** Whether the image is moved up and to the left by one pixel before. */
  readonly shifted: boolean;
}

/** How 1 × 1 convolutions are put together. */
export interface PointwiseOptions {
  /** Whether each input is cut off at 0 before. */
  readonly relu: boolean;
  /** The stride, 1 or 2. */
  readonly stride: number;
  /** Whether their outputs are added up, or put behind each other as channels. */
  readonly combine: "sum" | "concatenation";
}

/** The most inputs that our own kernel takes. */
const most = 32;

/**
 * 1 × 1 convolutions of several inputs, added up or put behind each other, with the statistics of the batch normalisation
 * behind them: the end of an ENAS cell, its calibrations, its factorised reductions.
 *
 * @param inputs The convolutions, at least one.
 * @param options How they are put together.
 * @param norm The batch normalisation; null for none.
 * @returns The values, `[batch, ⌈height / stride⌉, ⌈width / stride⌉, filters]`, with statistics where there is a
 *   normalisation; the caller disposes them.
 */
export function pointwise(inputs: readonly PointwiseInput[], options: PointwiseOptions, norm: Norm): Normalised;
export function pointwise(inputs: readonly PointwiseInput[], options: PointwiseOptions, norm: null): tf.Tensor4D;
export function pointwise(
  inputs: readonly PointwiseInput[],
  options: PointwiseOptions,
  norm: Norm | null,
): Normalised | tf.Tensor4D {
  if (!ownKernels() || !fits(inputs, options)) {
    const value = tf.tidy(() =>
      combine(
        inputs.map((input) => convolve(input, options)),
        options,
      ),
    );
    return norm === null ? value : normaliseByTensorflow(value, norm);
  }
  const [value, mean, variance, scale, shift] = callKernel(
    "SonoNasPointwise",
    attributesOf(inputs, options, norm),
    [...tensorsOf(inputs), norm?.gamma ?? nothing(), norm?.beta ?? nothing()],
    [shapeOfResult(inputs, options), ...statisticsShapes(norm)],
  );
  if (norm !== null) return { value, mean, variance, scale, shift, normal: null } as Normalised;
  return value as tf.Tensor4D;
}

/** The gradients of 1 × 1 convolutions that were put together; the caller disposes them. */
export interface PointwiseGradients {
  /**
   * Of each input as it was read, added to its base; null where it was not wanted, or where the input before is the same
   * tensor and has taken it up.
   */
  readonly x: (tf.Tensor4D | null)[];
  /** Of each convolution's weights. */
  readonly kernels: tf.Tensor4D[];
  /** Of the normalisation's scale; null without one. */
  readonly gamma: tf.Tensor1D | null;
  /** Of the normalisation's shift; null without one. */
  readonly beta: tf.Tensor1D | null;
  /** For the normalisation of each input, `[2, channels]`: null where they were not asked for, or TensorFlow's kernels computed. */
  readonly inputSums: (tf.Tensor2D | null)[];
}

/** What normalisations that follow each other share in the backward pass, as in {@link GradientSums}. */
export interface PointwiseSums {
  /** The sums for the normalisation behind, `[2, filters]`; they stay the caller's. Default: null, they are found here. */
  readonly given: tf.Tensor2D | null;
  /**
   * The mean of each input's normalisation, `[channels]`, where its sums are to be found; null for the others. Only for an input
   * that stands once in a sum with stride 1. Default: none.
   */
  readonly inputMeans: readonly (tf.Tensor1D | null)[] | null;
}

/**
 * The backward pass through {@link pointwise}.
 *
 * @param d The gradient of the normalised values, or of the values without a normalisation; used up where nobody else holds
 *   its memory, and the caller's to dispose.
 * @param result What the forward pass gave; null without a normalisation.
 * @param inputs The inputs of the forward pass.
 * @param options The options of the forward pass.
 * @param norm The batch normalisation; null for none.
 * @param bases What the inputs' gradients are added to; "unwanted" for inputs that need none, such as images. Of an input
 *   that is the same tensor as the one before only the first counts.
 * @param sums What is known of the normalisations' sums, and wanted.
 */
export function pointwiseGradients(
  d: tf.Tensor4D,
  result: Normalised | null,
  inputs: readonly PointwiseInput[],
  options: PointwiseOptions,
  norm: Norm | null,
  bases: readonly (Base | "unwanted")[],
  { given = null, inputMeans = null }: Partial<PointwiseSums> = {},
): PointwiseGradients {
  if (!ownKernels() || !fits(inputs, options)) return gradientsByTensorflow(d, result, inputs, options, norm, bases);
  // One gradient, of the first input that fits, may be written over that of the output.
  let overIsFree = options.stride === 1;
  const onto = inputs.map(({ x }, index) => {
    const first = firstOfRun(inputs, index);
    const base = bases[first]!;
    if (base === "unwanted") return { mode: gradientModes.unwanted, base: nothing() };
    if (first < index) return { mode: gradientModes.withPrevious, base: nothing() };
    const chosen = overIsFree ? gradientModeOver(base, d, x.shape) : gradientMode(base);
    if (chosen.mode === gradientModes.over) overIsFree = false;
    return chosen;
  });
  const count = inputs.length;
  const outputs = callKernel(
    "SonoNasPointwiseGradient",
    [
      ...attributesOf(inputs, options, norm),
      integer(
        "modes",
        onto.map(({ mode }) => mode),
      ),
    ],
    [
      ...[d, result?.value ?? nothing(), ...tensorsOf(inputs)],
      ...[norm?.gamma ?? nothing(), result?.mean ?? nothing(), result?.variance ?? nothing()],
      ...[...onto.map(({ base }) => base), given ?? nothing()],
      ...inputs.map((_, index) => inputMeans?.[index] ?? nothing()),
    ],
    [
      ...onto.map(({ mode }, index) =>
        mode >= 0 && firstOfRun(inputs, index) === index ? inputs[index]!.x.shape : null,
      ),
      ...inputs.map(({ kernel }) => kernel.shape),
      ...[norm?.gamma.shape ?? null, norm?.gamma.shape ?? null],
      ...inputs.map(({ x: { shape } }, index) => ((inputMeans?.[index] ?? null) === null ? null : [2, shape[3]])),
    ],
  );
  const [gamma, beta, ...inputSums] = outputs.slice(2 * count);
  const x = outputs.slice(0, count);
  const kernels = outputs.slice(count, 2 * count);
  return { x, kernels, gamma, beta, inputSums } as PointwiseGradients;
}

function shapeOfResult(inputs: readonly PointwiseInput[], options: PointwiseOptions): number[] {
  const [batch, height, width] = inputs[0]!.x.shape;
  return [batch, ...[height, width].map((size) => Math.ceil(size / options.stride)), filtersOf(inputs, options)];
}

function filtersOf(inputs: readonly PointwiseInput[], { combine: how }: PointwiseOptions): number {
  if (how === "sum") return inputs[0]!.kernel.shape[3];
  return inputs.reduce((sum, { kernel }) => sum + kernel.shape[3], 0);
}

function attributesOf(
  inputs: readonly PointwiseInput[],
  options: PointwiseOptions,
  norm: Norm | null,
): KernelAttribute[] {
  const { relu, stride, combine: how } = options;
  const filters = inputs.map(({ kernel }) => kernel.shape[3]);
  const columns = filters.map((_, index) => filters.slice(0, index).reduce((sum, each) => sum + each, 0));
  return [
    integer("N", inputs.length),
    flag("relu", relu),
    integer("stride", stride),
    integer(
      "offsets",
      inputs.map(({ shifted }) => (shifted ? 1 : 0)),
    ),
    integer("columns", how === "sum" ? columns.map(() => 0) : columns),
    integer(
      "affine",
      inputs.map(({ scale = null }) => (scale === null ? 0 : 1)),
    ),
    integer("filters", filtersOf(inputs, options)),
    flag("normalise", norm !== null),
    float("epsilon", norm?.epsilon ?? 0),
  ];
}

// In the order of our kernels' inputs.
function tensorsOf(inputs: readonly PointwiseInput[]): tf.Tensor[] {
  return [
    ...inputs.map(({ x }) => x),
    ...inputs.map(({ kernel }) => kernel),
    ...inputs.map(({ scale }) => scale ?? nothing()),
    ...inputs.map(({ shift }) => shift ?? nothing()),
  ];
}

// Our own kernel adds gradients up where they lie: those of a moved image need a stride, which keeps them apart.
function fits(inputs: readonly PointwiseInput[], { stride }: PointwiseOptions): boolean {
  return inputs.length <= most && (stride > 1 || inputs.every(({ shifted }) => !shifted));
}

// The first of the inputs before this one, itself among them, that are all the same tensor.
function firstOfRun(inputs: readonly PointwiseInput[], index: number): number {
  let first = index;
  while (first > 0 && inputs[first - 1]!.x === inputs[index]!.x) first--;
  return first;
}

function combine(values: tf.Tensor4D[], { combine: how }: PointwiseOptions): tf.Tensor4D {
  if (values.length === 1) return values[0]!;
  return how === "sum" ? tf.addN(values) : tf.concat(values, 3);
}

function readInput({ x, scale = null, shift: by = null }: PointwiseInput): tf.Tensor4D {
  return plain({ value: x, scale, shift: by });
}

function convolve(input: PointwiseInput, { relu, stride }: PointwiseOptions): tf.Tensor4D {
  const { kernel, shifted } = input;
  const x = readInput(input);
  const cut = relu ? tf.relu(x) : x;
  return tf.conv2d(shifted ? shift(cut) : cut, kernel, stride, "same");
}

// Up and to the left by one pixel, zeros coming in; the gradient goes the other way.
const shift = (x: tf.Tensor4D) => tf.slice(padSides(x, [0, 1]), [0, 1, 1, 0], x.shape);
const shiftBack = (d: tf.Tensor4D) => tf.slice(padSides(d, [1, 0]), [0, 0, 0, 0], d.shape);

function padSides(x: tf.Tensor4D, sides: [before: number, after: number]): tf.Tensor4D {
  return tf.pad(x, [[0, 0], sides, sides, [0, 0]]);
}

function gradientsByTensorflow(
  d: tf.Tensor4D,
  result: Normalised | null,
  inputs: readonly PointwiseInput[],
  options: PointwiseOptions,
  norm: Norm | null,
  bases: readonly (Base | "unwanted")[],
): PointwiseGradients {
  const gradients = tf.tidy(() => {
    let [dValue, gamma, beta]: [tf.Tensor4D, tf.Tensor1D | null, tf.Tensor1D | null] = [d, null, null];
    if (norm !== null && result !== null) {
      const { value, mean, variance } = result;
      [dValue, gamma, beta] = fusedNormaliseGradient(d, value, norm.gamma, mean, variance, norm.epsilon);
    }
    const filters = inputs.map(({ kernel }) => kernel.shape[3]);
    const parts = options.combine === "sum" ? inputs.map(() => dValue) : tf.split<tf.Tensor4D>(dValue, filters, 3);
    const x: (tf.Tensor4D | null)[] = [];
    const kernels = inputs.map((input, index) => {
      const { kernel, shifted } = input;
      const part = parts[index]!;
      const read = readInput(input);
      const cut = options.relu ? tf.relu(read) : read;
      const moved = shifted ? shift(cut) : cut;
      const first = firstOfRun(inputs, index);
      const base = bases[first]!;
      if (base === "unwanted") x.push(null);
      else {
        const dMoved = convolutionInputGradient(part, moved.shape, kernel, options.stride, "same");
        const dCut = shifted ? shiftBack(dMoved) : dMoved;
        const dX = options.relu ? reluGradient(dCut, cut) : dCut;
        if (first === index) x.push(addTo(dX, base));
        else {
          x[first] = addTo(dX, x[first]!);
          x.push(null);
        }
      }
      return convolutionKernelGradient(part, moved, kernel.shape, options.stride, "same");
    });
    // The types of a tidy do not know that a place may be empty.
    return { x, kernels, gamma, beta, inputSums: inputs.map(() => null) } as unknown as tf.TensorContainerObject;
  });
  return gradients as unknown as PointwiseGradients;
}
