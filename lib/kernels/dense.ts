import { tf } from "../runtime/tensorflow";
import { addTo, gradientMode, gradientModes, type Base } from "./accumulate";
import { flag, integer } from "./attributes";
import { callKernel } from "./call";
import { ownKernels } from "./choose-kernels";
import { nothing } from "./tensorflow-call";

/** The most weights for which our own product of matrices is made: beyond, TensorFlow's shares its work out better. */
const mostWeights = 512 * 256;

/**
 * A layer that connects all with all: x · kernel + bias.
 *
 * @param x The input, `[batch, inputs]`.
 * @param kernel The weights, `[inputs, outputs]`.
 * @param bias What is added, `[outputs]`; null for nothing.
 * @returns The outputs, `[batch, outputs]`; the caller disposes them.
 */
export function dense(x: tf.Tensor2D, kernel: tf.Tensor2D, bias: tf.Tensor1D | null): tf.Tensor2D {
  if (!ownDense(kernel)) {
    return tf.tidy(() => {
      const product: tf.Tensor2D = tf.matMul(x, kernel);
      return bias === null ? product : tf.add<tf.Tensor2D>(product, bias);
    });
  }
  const attributes = [flag("bias", bias !== null)];
  const shape = [x.shape[0], kernel.shape[1]];
  return callKernel("SonoNasDense", attributes, [x, kernel, bias ?? nothing()], [shape])[0] as tf.Tensor2D;
}

/** The gradients of {@link dense}; the caller disposes them. */
export interface DenseGradients {
  /** Of the input, added to the base; null where it was not wanted. */
  readonly x: tf.Tensor2D | null;
  /** Of the weights. */
  readonly kernel: tf.Tensor2D;
  /** Of what is added; null without it. */
  readonly bias: tf.Tensor1D | null;
}

/**
 * The backward pass through {@link dense}.
 *
 * @param d The gradient of the outputs, `[batch, outputs]`.
 * @param x The input of the forward pass.
 * @param kernel The weights.
 * @param bias Whether something was added.
 * @param base What the input's gradient is added to; "unwanted" for an input that needs none, such as images.
 */
export function denseGradients(
  d: tf.Tensor2D,
  x: tf.Tensor2D,
  kernel: tf.Tensor2D,
  bias: boolean,
  base: Base | "unwanted",
): DenseGradients {
  const wanted = base !== "unwanted";
  if (!ownDense(kernel)) {
    const [dX, dKernel, dBias] = tf.tidy(() => [
      wanted ? addTo<tf.Tensor2D>(tf.matMul(d, kernel, false, true), base) : nothing(),
      tf.matMul<tf.Tensor2D>(x, d, true, false),
      bias ? tf.sum<tf.Tensor1D>(d, 0) : nothing(),
    ]);
    return {
      x: wanted ? (dX as tf.Tensor2D) : null,
      kernel: dKernel,
      bias: bias ? dBias : null,
    };
  }
  const onto = wanted ? gradientMode(base) : { mode: gradientModes.unwanted, base: nothing() };
  const [dX, dKernel, dBias] = callKernel(
    "SonoNasDenseGradient",
    [flag("bias", bias), integer("mode", onto.mode)],
    [d, x, kernel, onto.base],
    [wanted ? x.shape : null, kernel.shape, bias ? [kernel.shape[1]] : null],
  );
  return { x: dX, kernel: dKernel, bias: dBias } as DenseGradients;
}

function ownDense({ size }: tf.Tensor2D): boolean {
  return ownKernels() && size <= mostWeights;
}
