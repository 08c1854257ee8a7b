import { Problem } from "../runtime/problem";
import { tf } from "../runtime/tensorflow";
import { flag, float, integer, type KernelAttribute } from "./attributes";
import { callKernel } from "./call";
import { makeCalls } from "./call-queue";
import { ownKernels } from "./choose-kernels";
import { makeReady } from "./in-place";

/** What all weights of a step have in common. */
export interface MomentumOptions {
  /** The learning rate, above 0. */
  readonly rate: number;
  /** How much of the last step stays, 0 to below 1. */
  readonly momentum: number;
  /** Whether the gradient is taken ahead, as Nesterov does. */
  readonly nesterov: boolean;
  /** Weight decay: decay · weight is added to each gradient, as PyTorch does it. The gradient of decay / 2 · ‖weight‖². */
  readonly decay: number;
  /** The largest norm of all gradients together, before the decay is added; 0 for no bound. */
  readonly bound: number;
}

/**
 * A step of gradient descent with momentum over all weights at once, in place, in PyTorch's convention: all gradients are
 * scaled down to the bound where their common norm exceeds it; g = gradient + decay · weight; m = momentum · m + g;
 * weight -= rate · (g + momentum · m), without Nesterov rate · m.
 *
 * @param weights The weights. Clones taken before, and the tensors that they were made from, keep their values. Views that
 *   TensorFlow makes on the same memory, by `tf.reshape` or `tf.slice` for example, change with them: clone those.
 * @param moments What stays of the last steps; of the weights' shapes, zeros at first.
 * @param gradients The gradients; they stay as they are.
 * @param options The step.
 * @returns The common norm before it was bounded, `[]`; the caller disposes it.
 * @throws {Problem} Where the lists differ in length.
 */
export function momentumStep(
  weights: readonly tf.Variable[],
  moments: readonly tf.Variable[],
  gradients: readonly tf.Tensor[],
  options: MomentumOptions,
): tf.Scalar {
  checkLengths(weights, [moments, gradients]);
  const { rate, momentum, nesterov, decay, bound } = options;
  if (!ownKernels()) {
    return tf.tidy(() => {
      const { bounded, norm } = boundNorm(gradients, bound);
      bounded.forEach((each, index) => {
        const [weight, moment] = [weights[index]!, moments[index]!];
        const gradient = decay === 0 ? each : tf.add(each, tf.mul(weight, decay));
        moment.assign(tf.add(tf.mul(moment, momentum), gradient));
        const step = nesterov ? tf.add(gradient, tf.mul(moment, momentum)) : moment;
        weight.assign(tf.sub(weight, tf.mul(step, rate)));
      });
      return norm;
    });
  }
  makeReady([...weights, ...moments]);
  return tf.tidy(() => {
    const attributes = [
      integer("N", weights.length),
      float("momentum", momentum),
      float("decay", decay),
      float("bound", bound),
      flag("nesterov", nesterov),
    ];
    const inputs = [tf.scalar(rate), ...weights, ...moments, ...gradients];
    return callInPlace("SonoNasMomentum", attributes, inputs);
  });
}

/** What all weights of a step of Adam have in common. */
export interface AdamOptions {
  /** The learning rate, above 0. */
  readonly rate: number;
  /** How much of the mean of the gradients stays, 0 to below 1. */
  readonly beta1: number;
  /** How much of the mean of their squares stays, 0 to below 1. */
  readonly beta2: number;
  /** Added to the root of the mean of squares. */
  readonly epsilon: number;
  /** Weight decay, beside the gradient and not in it (Loshchilov and Hutter, 2019): weight -= rate · decay · weight. */
  readonly decay: number;
  /** The largest norm of all gradients together; 0 for no bound. */
  readonly bound: number;
  /** Which step this is, from 1, for the correction of the moments' start at 0. */
  readonly step: number;
}

/**
 * A step of Adam over all weights at once, in place.
 *
 * @param weights The weights. Clones taken before, and the tensors that they were made from, keep their values. Views that
 *   TensorFlow makes on the same memory, by `tf.reshape` or `tf.slice` for example, change with them: clone those.
 * @param first The mean of the gradients; of the weights' shapes, zeros at first.
 * @param second The mean of their squares; the same.
 * @param gradients The gradients; they stay as they are.
 * @param options The step.
 * @returns The common norm before it was bounded, `[]`; the caller disposes it.
 * @throws {Problem} Where the lists differ in length.
 */
export function adamStep(
  weights: readonly tf.Variable[],
  first: readonly tf.Variable[],
  second: readonly tf.Variable[],
  gradients: readonly tf.Tensor[],
  options: AdamOptions,
): tf.Scalar {
  checkLengths(weights, [first, second, gradients]);
  const { rate, beta1, beta2, epsilon, decay, bound, step } = options;
  if (!ownKernels()) {
    return tf.tidy(() => {
      const { bounded, norm } = boundNorm(gradients, bound);
      bounded.forEach((gradient, index) => {
        const [weight, mean, square] = [weights[index]!, first[index]!, second[index]!];
        mean.assign(tf.add(tf.mul(mean, beta1), tf.mul(gradient, 1 - beta1)));
        square.assign(tf.add(tf.mul(square, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
        const root = tf.sqrt(tf.div(square, 1 - beta2 ** step));
        const change = tf.div(tf.div(mean, 1 - beta1 ** step), tf.add(root, epsilon));
        weight.assign(tf.sub(weight, tf.mul(tf.add(change, tf.mul(weight, decay)), rate)));
      });
      return norm;
    });
  }
  makeReady([...weights, ...first, ...second]);
  return tf.tidy(() => {
    const attributes = [
      integer("N", weights.length),
      ...[float("beta1", beta1), float("beta2", beta2), float("epsilon", epsilon)],
      ...[float("decay", decay), float("bound", bound)],
    ];
    const inputs = [tf.scalar(rate), tf.scalar(step), ...weights, ...first, ...second, ...gradients];
    return callInPlace("SonoNasAdam", attributes, inputs);
  });
}

// At once: whoever looks at the weights afterwards is to see them changed.
function callInPlace(name: string, attributes: readonly KernelAttribute[], inputs: readonly tf.Tensor[]): tf.Scalar {
  const [norm] = callKernel(name, attributes, inputs, [[]]);
  makeCalls();
  return norm as tf.Scalar;
}

function boundNorm(gradients: readonly tf.Tensor[], bound: number): { bounded: tf.Tensor[]; norm: tf.Scalar } {
  const norm: tf.Scalar = tf.sqrt(tf.addN(gradients.map((gradient) => tf.sum<tf.Scalar>(tf.square(gradient)))));
  if (bound === 0) return { bounded: [...gradients], norm };
  const factor = tf.minimum(1, tf.div(bound, norm));
  return { bounded: gradients.map((gradient) => tf.mul(gradient, factor)), norm };
}

function checkLengths(weights: readonly tf.Tensor[], others: readonly (readonly tf.Tensor[])[]): void {
  if (weights.length > 0 && others.every((list) => list.length === weights.length)) return;
  throw new Problem(
    `An optimiser was given ${weights.length} weights and ${others.map((list) => list.length).join(" and ")} tensors to go with them.`,
    "Give one for each weight, and at least one weight.",
  );
}
