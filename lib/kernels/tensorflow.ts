/**
 * TensorFlow's own fused kernels by name: what TensorFlow.js writes as many small operations, each a pass over memory. They
 * are there on every device.
 *
 * @module
 */
import { tf } from "../runtime/tensorflow";
import { flag, float, float32, integer, text } from "./attributes";
import { leavesPixelsOut, stridedPixels } from "./stock-convolution";
import { callTensorflow, nothing } from "./tensorflow-call";
import type { Padding } from "../graph/layer";

const layout = () => text("data_format", "NHWC");
const windowAttributes = (stride: number, padding: Padding) => [
  float32("T"),
  integer("strides", [1, stride, stride, 1]),
  text("padding", padding.toUpperCase()),
  layout(),
];
const convolutionAttributes = (stride: number, padding: Padding) => [
  ...windowAttributes(stride, padding),
  integer("dilations", [1, 1, 1, 1]),
];
const poolAttributes = (size: number, stride: number, padding: Padding) => [
  ...windowAttributes(stride, padding),
  integer("ksize", [1, size, size, 1]),
];

const numbers = (list: readonly number[]) => tf.tensor1d([...list], "int32");

/**
 * The gradient of a ReLU.
 *
 * @param d The gradient of its output.
 * @param output Its output, or its input.
 * @returns The gradient of its input, of the same shape; the caller disposes it.
 */
export function reluGradient<Tensor extends tf.Tensor>(d: Tensor, output: tf.Tensor): Tensor {
  return callTensorflow("ReluGrad", [float32("T")], [d, output], 1)[0] as Tensor;
}

/**
 * The gradient of a ReLU that ends at 6.
 *
 * @param d The gradient of its output.
 * @param output Its output, or its input.
 * @returns The gradient of its input, of the same shape; the caller disposes it.
 */
export function relu6Gradient<Tensor extends tf.Tensor>(d: Tensor, output: tf.Tensor): Tensor {
  return callTensorflow("Relu6Grad", [float32("T")], [d, output], 1)[0] as Tensor;
}

/** What a batch normalisation in training gives. */
export interface FusedNormalisation {
  /** The normalised values. */
  readonly out: tf.Tensor4D;
  /** The batch's mean, `[channels]`. */
  readonly mean: tf.Tensor1D;
  /** The batch's variance, divided by the count, `[channels]`. */
  readonly variance: tf.Tensor1D;
}

/**
 * Batch normalisation in training.
 *
 * @param x Values, `[batch, height, width, channels]`.
 * @param gamma The scale, `[channels]`.
 * @param beta The shift, `[channels]`.
 * @param epsilon Added to the variance.
 * @returns The normalised values, mean and variance; the caller disposes them.
 */
export function fusedNormalise(x: tf.Tensor4D, gamma: tf.Tensor, beta: tf.Tensor, epsilon: number): FusedNormalisation {
  const attributes = [
    float32("T"),
    float32("U"),
    float("epsilon", epsilon),
    float("exponential_avg_factor", 1),
    layout(),
    flag("is_training", true),
  ];
  const [out, mean, corrected, ...rest] = callTensorflow(
    "FusedBatchNormV3",
    attributes,
    [x, gamma, beta, nothing(), nothing()],
    6,
  );
  // The kernel divides by one less than the count, for moving averages.
  const count = x.size / x.shape[3];
  const variance = tf.tidy(() => tf.mul<tf.Tensor1D>(corrected!, (count - 1) / count));
  tf.dispose([corrected!, ...rest]);
  return { out: out as tf.Tensor4D, mean: mean as tf.Tensor1D, variance };
}

/**
 * The gradients of {@link fusedNormalise}.
 *
 * @param d The gradient of its output.
 * @param x Its input.
 * @param gamma Its scale.
 * @param mean The mean that it gave.
 * @param variance The variance that it gave.
 * @param epsilon Added to the variance.
 * @returns The gradients of input, scale and shift; the caller disposes them.
 */
export function fusedNormaliseGradient(
  d: tf.Tensor4D,
  x: tf.Tensor4D,
  gamma: tf.Tensor,
  mean: tf.Tensor,
  variance: tf.Tensor,
  epsilon: number,
): [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D] {
  const attributes = [float32("T"), float32("U"), float("epsilon", epsilon), layout(), flag("is_training", true)];
  // On processors the kernel takes the variance, on GPUs the inverse of the deviation.
  const onGpu = (tf.backend() as unknown as { isUsingGpuDevice: boolean }).isUsingGpuDevice;
  const spread = onGpu ? tf.tidy(() => tf.rsqrt(tf.add(variance, epsilon))) : variance;
  const [dX, dGamma, dBeta, ...rest] = callTensorflow(
    "FusedBatchNormGradV3",
    attributes,
    [d, x, gamma, mean, spread, nothing()],
    5,
  );
  tf.dispose(rest);
  if (onGpu) spread.dispose();
  return [dX as tf.Tensor4D, dGamma as tf.Tensor1D, dBeta as tf.Tensor1D];
}

/**
 * The gradient of a convolution's input.
 *
 * @param d The gradient of its output.
 * @param shape The shape of its input, `[batch, height, width, channels]`.
 * @param kernel Its weights, `[height, width, inputs, outputs]`.
 * @param depthwise Whether each channel was convolved by itself; default: no.
 * @returns The gradient; the caller disposes it.
 */
export function convolutionInputGradient(
  d: tf.Tensor4D,
  shape: readonly number[],
  kernel: tf.Tensor4D,
  stride: number,
  padding: Padding,
  depthwise = false,
): tf.Tensor4D {
  const sizes = numbers(shape);
  const name = depthwise ? "DepthwiseConv2dNativeBackpropInput" : "Conv2DBackpropInput";
  const [gradient] = callTensorflow(name, convolutionAttributes(stride, padding), [sizes, kernel, d], 1);
  sizes.dispose();
  return gradient as tf.Tensor4D;
}

/**
 * The gradient of a convolution's weights.
 *
 * @param d The gradient of its output.
 * @param x Its input.
 * @param shape The shape of its weights.
 * @param depthwise Whether each channel was convolved by itself; default: no.
 * @returns The gradient; the caller disposes it.
 */
export function convolutionKernelGradient(
  d: tf.Tensor4D,
  x: tf.Tensor4D,
  shape: readonly number[],
  stride: number,
  padding: Padding,
  depthwise = false,
): tf.Tensor4D {
  if (leavesPixelsOut(shape, stride)) {
    // TensorFlow's own is wrong now and then, as stockConvolution says.
    const seen = stridedPixels(x, stride);
    const gradient = convolutionKernelGradient(d, seen, shape, 1, padding, depthwise);
    seen.dispose();
    return gradient;
  }
  const sizes = numbers(shape);
  const name = depthwise ? "DepthwiseConv2dNativeBackpropFilter" : "Conv2DBackpropFilter";
  const [gradient] = callTensorflow(name, convolutionAttributes(stride, padding), [x, sizes, d], 1);
  sizes.dispose();
  return gradient as tf.Tensor4D;
}

/**
 * The gradient of a max pool.
 *
 * @param d The gradient of its output.
 * @param x Its input.
 * @param size The window's side.
 * @returns The gradient of its input; the caller disposes it.
 */
export function maxPoolGradient(
  d: tf.Tensor4D,
  x: tf.Tensor4D,
  output: tf.Tensor4D,
  size: number,
  stride: number,
  padding: Padding,
): tf.Tensor4D {
  return callTensorflow("MaxPoolGrad", poolAttributes(size, stride, padding), [x, output, d], 1)[0] as tf.Tensor4D;
}

/**
 * The gradient of an average pool.
 *
 * @param d The gradient of its output.
 * @param shape The shape of its input.
 * @param size The window's side.
 * @returns The gradient of its input; the caller disposes it.
 */
export function averagePoolGradient(
  d: tf.Tensor4D,
  shape: readonly number[],
  size: number,
  stride: number,
  padding: Padding,
): tf.Tensor4D {
  const sizes = numbers(shape);
  const [gradient] = callTensorflow("AvgPoolGrad", poolAttributes(size, stride, padding), [sizes, d], 1);
  sizes.dispose();
  return gradient as tf.Tensor4D;
}
