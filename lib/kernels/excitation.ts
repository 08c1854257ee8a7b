import { tf } from "../runtime/tensorflow";
import { flag, integer, type KernelAttribute } from "./attributes";
import { callKernel } from "./call";
import { ownKernels } from "./choose-kernels";
import { plain, type Readable } from "./normalised";
import { reluGradient } from "./tensorflow";
import { nothing } from "./tensorflow-call";

/** The weights of the two dense layers between the means and the gates. */
export interface ExcitationWeights {
  /** Of the first, `[channels, hidden]`. */
  readonly reduce: tf.Tensor2D;
  /** What the first adds, `[hidden]`. */
  readonly reduceBias: tf.Tensor1D;
  /** Of the second, `[hidden, channels]`. */
  readonly expand: tf.Tensor2D;
  /** What the second adds, `[channels]`. */
  readonly expandBias: tf.Tensor1D;
}

/** What a squeeze-and-excitation gives; the caller disposes it. */
export interface ExcitationResult {
  /** The result, `[batch, height, width, channels]`. */
  readonly out: tf.Tensor4D;
  /** The means of the input, with our own kernels as it is without its normalisation, `[batch, channels]`. */
  readonly means: tf.Tensor2D;
  /** What the first dense layer gives, cut off at 0, `[batch, hidden]`. */
  readonly inner: tf.Tensor2D;
  /** What each channel is multiplied by, `[batch, channels]`. */
  readonly gates: tf.Tensor2D;
}

/**
 * Multiplies each channel by σ(ReLU(means · reduce + reduceBias) · expand + expandBias) of the means of all channels, adds
 * something and cuts the sum off at 0, if asked for.
 *
 * @param x The image, `[batch, height, width, channels]`.
 * @param weights Of the two dense layers.
 * @param skip What is added, of the same shape; null for nothing.
 * @param relu Whether the sum is cut off at 0.
 */
export function excitation(
  x: Readable,
  weights: ExcitationWeights,
  skip: Readable | null,
  relu: boolean,
): ExcitationResult {
  const { reduce, reduceBias, expand, expandBias } = weights;
  const [batch, , , channels] = x.value.shape;
  if (!ownKernels()) {
    const [out, means, inner, gates] = tf.tidy<[tf.Tensor4D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D]>(() => {
      const image = plain(x);
      const means = tf.mean<tf.Tensor2D>(image, [1, 2]);
      const inner = tf.relu(tf.add<tf.Tensor2D>(tf.matMul(means, reduce), reduceBias));
      const gates = tf.sigmoid(tf.add<tf.Tensor2D>(tf.matMul(inner, expand), expandBias));
      const weighed: tf.Tensor4D = tf.mul(image, tf.reshape(gates, [batch, 1, 1, channels]));
      const sum = skip === null ? weighed : tf.add<tf.Tensor4D>(weighed, plain(skip));
      return [relu ? tf.relu(sum) : sum, means, inner, gates];
    });
    return { out, means, inner, gates };
  }
  const added = skip === null ? 0 : skip.scale === null ? 1 : 2;
  const [out, means, inner, gates] = callKernel(
    "SonoNasExcitation",
    attributesOf(relu, x, added),
    [
      ...[x.value, x.scale ?? nothing(), x.shift ?? nothing(), reduce, reduceBias, expand, expandBias],
      ...[skip?.value ?? nothing(), skip?.scale ?? nothing(), skip?.shift ?? nothing()],
    ],
    [x.value.shape, [batch, channels], [batch, reduce.shape[1]], [batch, channels]],
  );
  return { out, means, inner, gates } as ExcitationResult;
}

/** The gradients of a squeeze-and-excitation; the caller disposes them. */
export interface ExcitationGradients {
  /** Of the image as it was read. */
  readonly x: tf.Tensor4D;
  /** Of the result before the ReLU, and so of what was added; null where it is that of the result, or nothing was added. */
  readonly skip: tf.Tensor4D | null;
  readonly reduce: tf.Tensor2D;
  readonly reduceBias: tf.Tensor1D;
  readonly expand: tf.Tensor2D;
  readonly expandBias: tf.Tensor1D;
  /** The sums of the gradient of the image for its normalisation, `[2, channels]`; null where nobody wanted them. */
  readonly inputSums: tf.Tensor2D | null;
}

/** How a squeeze-and-excitation is gone back through. */
export interface ExcitationBack {
  /** Whether something was added. */
  readonly added: boolean;
  /** Whether the sum was cut off at 0. */
  readonly relu: boolean;
  /** The mean of the image's normalisation where somebody wants the sums of its gradient, `[channels]`; null: nobody does. */
  readonly inputMean: tf.Tensor1D | null;
}

/**
 * The backward pass through {@link excitation}.
 *
 * @param d The gradient of its result.
 * @param x Its input.
 * @param weights Of the two dense layers.
 * @param result What it gave.
 */
export function excitationGradients(
  d: tf.Tensor4D,
  x: Readable,
  weights: ExcitationWeights,
  { out, means, inner, gates }: ExcitationResult,
  { added, relu, inputMean }: ExcitationBack,
): ExcitationGradients {
  const { reduce, expand } = weights;
  const [batch, height, width, channels] = x.value.shape;
  const skipped = added && relu;
  if (!ownKernels()) {
    const [dX, dSum, dReduce, dReduceBias, dExpand, dExpandBias] = tf.tidy<tf.Tensor[]>(() => {
      const each = (value: tf.Tensor2D) => tf.reshape(value, [batch, 1, 1, channels]);
      const dSum = relu ? reluGradient(d, out) : tf.clone(d);
      const dGates = tf.sum<tf.Tensor2D>(tf.mul(dSum, plain(x)), [1, 2]);
      const dOuter: tf.Tensor2D = tf.mul(dGates, tf.mul(gates, tf.sub(1, gates)));
      const dInner: tf.Tensor2D = tf.mul(
        tf.matMul(dOuter, expand, false, true),
        tf.cast(tf.greater(inner, 0), "float32"),
      );
      const dMeans: tf.Tensor2D = tf.div(tf.matMul(dInner, reduce, false, true), height * width);
      return [
        ...[tf.add(tf.mul(dSum, each(gates)), each(dMeans)), skipped ? dSum : nothing()],
        ...[tf.matMul(means, dInner, true, false), tf.sum(dInner, 0)],
        ...[tf.matMul(inner, dOuter, true, false), tf.sum(dOuter, 0)],
      ];
    });
    return {
      ...{ x: dX, skip: skipped ? dSum : null, reduce: dReduce, reduceBias: dReduceBias },
      ...{ expand: dExpand, expandBias: dExpandBias, inputSums: null },
    } as ExcitationGradients;
  }
  const [dX, dSkip, dReduce, dReduceBias, dExpand, dExpandBias, inputSums] = callKernel(
    "SonoNasExcitationGradient",
    attributesOf(relu, x, skipped ? 1 : 0),
    [
      ...[d, relu ? out : nothing(), x.value, x.scale ?? nothing(), x.shift ?? nothing(), reduce, expand],
      ...[means, inner, gates, inputMean ?? nothing()],
    ],
    [
      ...[x.value.shape, skipped ? x.value.shape : null, reduce.shape, [reduce.shape[1]], expand.shape, [channels]],
      inputMean === null ? null : [2, channels],
    ],
  );
  return {
    ...{ x: dX, skip: dSkip, reduce: dReduce, reduceBias: dReduceBias, expand: dExpand, expandBias: dExpandBias },
    inputSums,
  } as ExcitationGradients;
}

function attributesOf(relu: boolean, x: Readable, skip: number): KernelAttribute[] {
  return [flag("relu", relu), flag("affine", x.scale !== null), integer("onto", skip)];
}
