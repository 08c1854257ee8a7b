import { relu6Gradient, reluGradient } from "../../kernels/tensorflow";
import { tf } from "../../runtime/tensorflow";
import { backwardIsRecorded } from "./recording";
import type { KernelReplacement } from "./replace-kernel";

/** ReLU with its gradient in one pass, of the output alone: TensorFlow.js keeps the input and takes seven passes. */
export const reluReplacement: KernelReplacement = {
  name: "Relu",
  forward: null,
  gradient: () => ({
    outputsToSave: [true],
    gradFunc(d, [output]) {
      return { x: () => gradientOf(d as tf.Tensor, output!, reluGradient, (y) => tf.step(y)) };
    },
  }),
};

/**
 * The same for a ReLU that ends at 6. At exactly 6 its gradient is 0, as in Keras and PyTorch; TensorFlow.js's `tf.relu6`
 * has 1 there, and its layers have 0.
 */
export const relu6Replacement: KernelReplacement = {
  name: "Relu6",
  forward: null,
  gradient: () => ({
    outputsToSave: [true],
    gradFunc(d, [output]) {
      const passes = (y: tf.Tensor) => tf.mul(tf.cast(tf.less(y, 6), "float32"), tf.step(y));
      return { x: () => gradientOf(d as tf.Tensor, output!, relu6Gradient, passes) };
    },
  }),
};

function gradientOf(
  d: tf.Tensor,
  output: tf.Tensor,
  fast: (d: tf.Tensor, output: tf.Tensor) => tf.Tensor,
  passes: (output: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  // A gradient is always float32, and TensorFlow's kernel takes both in one type.
  const y = tf.cast(output, "float32");
  return backwardIsRecorded() ? tf.mul(d, passes(y)) : fast(d, y);
}

/**
 * Lets the activation "relu6" of layers compute `tf.relu6`, which is one kernel, in the place of the smaller one of 6 and a
 * ReLU. Values and gradients are the same.
 *
 * @returns Puts back what was there.
 */
export function replaceRelu6Activation(): () => void {
  // With a name, or the layers that a user makes would be counted from 2.
  const { activation } = tf.layers.activation({ name: "relu6", activation: "relu6" }) as unknown as {
    activation: object;
  };
  const prototype = Object.getPrototypeOf(activation) as { apply: (x: tf.Tensor) => tf.Tensor };
  const stock = prototype.apply;
  const own = (x: tf.Tensor) => tf.relu6(x);
  prototype.apply = own;
  return () => {
    if (prototype.apply === own) prototype.apply = stock;
  };
}
