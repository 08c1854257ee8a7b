import { batchNorm, batchNormGradients } from "../../kernels/batch-norm";
import type { Norm } from "../../kernels/normalised";
import { tf } from "../../runtime/tensorflow";
import { backwardIsRecorded } from "./recording";

/** A weight of a layer of TensorFlow.js. */
interface LayerWeight {
  read(): tf.Tensor1D;
  write(value: tf.Tensor): void;
}

/** The part of TensorFlow.js's layer that is used here. */
interface BatchNormalisationLayer {
  readonly axis: number;
  readonly epsilon: number;
  readonly momentum: number;
  /** Absent where the layer has no scale. */
  readonly gamma?: LayerWeight;
  /** Absent where the layer has no shift. */
  readonly beta?: LayerWeight;
  readonly movingMean: LayerWeight;
  readonly movingVariance: LayerWeight;
}

type Call = (
  this: BatchNormalisationLayer,
  inputs: tf.Tensor | tf.Tensor[],
  given: { readonly training?: boolean },
) => tf.Tensor | tf.Tensor[];

/**
 * Lets TensorFlow.js's layer of batch normalisation compute by one kernel in training, and back by one, over the channels of
 * inputs of 2 to 4 axes; everything else stays the layer's. Unlike TensorFlow.js's it also trains without scale or shift, as
 * some networks of Keras are.
 *
 * @returns Puts back what was there.
 */
export function replaceBatchNormalisation(): () => void {
  // With a name, or the layers that a user makes would be counted from 2.
  const layer = tf.layers.batchNormalization({ name: "any", axis: -1 });
  const prototype = Object.getPrototypeOf(layer) as { call: Call };
  const stock = prototype.call;
  const own: Call = function (inputs, given) {
    const x = Array.isArray(inputs) && inputs.length === 1 ? inputs[0]! : inputs;
    if (given.training !== true || Array.isArray(x) || !takes(this, x)) return stock.call(this, inputs, given);
    return tf.tidy(() => normalise(this, x));
  };
  prototype.call = own;
  return () => {
    if (prototype.call === own) prototype.call = stock;
  };
}

function takes({ axis }: BatchNormalisationLayer, { rank, dtype, size }: tf.Tensor): boolean {
  return rank >= 2 && rank <= 4 && (axis === -1 || axis === rank - 1) && dtype === "float32" && size > 0;
}

function normalise(layer: BatchNormalisationLayer, x: tf.Tensor): tf.Tensor {
  const { epsilon } = layer;
  const channels = x.shape.at(-1)!;
  const gamma = layer.gamma?.read() ?? tf.ones([channels]);
  const beta = layer.beta?.read() ?? tf.zeros([channels]);
  const image = x.rank === 4 ? x : tf.reshape(x, [x.shape[0], x.rank === 3 ? x.shape[1]! : 1, 1, channels]);
  const normalised = tf.customGrad((...given) => {
    const [value, scale, shift, save] = given as unknown as [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D, tf.GradSaveFunc];
    const { out, mean, variance } = batchNorm(value, { gamma: scale, beta: shift, epsilon }, false);
    save([value, scale, shift, mean, variance]);
    move(layer.movingMean, mean, layer.momentum);
    move(layer.movingVariance, variance, layer.momentum);
    return { value: out, gradFunc: (d, saved) => gradientsOf(d as tf.Tensor4D, saved, epsilon) };
  })(image, gamma, beta);
  return x.rank === 4 ? normalised : tf.reshape(normalised, x.shape);
}

// As TensorFlow.js does it, in the same order of operations: the numbers are to be the same.
function move(average: LayerWeight, value: tf.Tensor, momentum: number): void {
  const before = average.read();
  average.write(tf.sub(before, tf.mul(tf.sub(before, value), 1 - momentum)));
}

function gradientsOf(d: tf.Tensor4D, saved: tf.Tensor[], epsilon: number): tf.Tensor[] {
  const [x, gamma, beta, mean, variance] = saved as [tf.Tensor4D, ...tf.Tensor1D[]];
  const norm: Norm = { gamma: gamma!, beta: beta!, epsilon };
  if (backwardIsRecorded()) {
    return tf.grads((value: tf.Tensor, scale: tf.Tensor, shift: tf.Tensor) => {
      const found = tf.moments(value, [0, 1, 2]);
      return tf.batchNorm(
        value as tf.Tensor4D,
        found.mean as tf.Tensor1D,
        found.variance as tf.Tensor1D,
        shift as tf.Tensor1D,
        scale as tf.Tensor1D,
        epsilon,
      );
    })([x, norm.gamma, norm.beta], d);
  }
  // Its result is used for a ReLU alone, which is none of this.
  const result = { out: d, mean: mean!, variance: variance! };
  const gradients = batchNormGradients(d, x, result, norm, false);
  return [gradients.x, gradients.gamma, gradients.beta];
}
