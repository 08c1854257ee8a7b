/**
 * Whether TensorFlow.js records what is computed, to differentiate it: its "tape".
 *
 * @module
 */
import { Problem } from "../../runtime/problem";
import { tf } from "../../runtime/tensorflow";

/**
 * Says, within a kernel, whether its call is recorded: whether the backward pass may be asked for.
 *
 * @returns False also for a kernel that another kernel calls.
 */
export function callIsRecorded(): boolean {
  const { gradientDepth, kernelDepth } = tf.engine().state;
  // TensorFlow.js counts the kernel that asks.
  return gradientDepth > 0 && kernelDepth === 1;
}

/**
 * Says, within a gradient, whether the backward pass is itself recorded: whether a gradient of the gradient may be asked for.
 *
 * @returns True within a `tf.grad` of a `tf.grad`.
 */
export function backwardIsRecorded(): boolean {
  const { gradientDepth, kernelDepth } = tf.engine().state;
  return gradientDepth > 0 && kernelDepth === 0;
}

/**
 * Computes a gradient that TensorFlow.js cannot differentiate once more: where somebody asks for it, an error says so, while
 * without this the gradient would count as a constant.
 *
 * @param what What it is the gradient of, for the message: "a max pool".
 * @param d The gradient of its output.
 * @param compute Computes the gradient of its input of that.
 * @returns What compute gave. Its own gradient throws a {@link Problem}.
 */
export function onlyOnce(what: string, d: tf.Tensor4D, compute: (d: tf.Tensor4D) => tf.Tensor4D): tf.Tensor4D {
  if (!backwardIsRecorded()) return compute(d);
  const recorded = tf.customGrad((given) => ({
    value: compute(given as tf.Tensor4D),
    gradFunc: () => {
      throw new Problem(
        `The gradient of ${what} was to be differentiated once more, which TensorFlow.js cannot do.`,
        "Take the gradient of gradients through networks without it.",
      );
    },
  }));
  return recorded(d);
}
