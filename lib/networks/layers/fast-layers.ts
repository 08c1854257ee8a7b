import { replaceBatchNormalisation } from "./batch-normalisation";
import { convolutionReplacement, depthwiseReplacement } from "./convolutions";
import { averagePoolReplacement, maxPoolReplacement } from "./pools";
import { relu6Replacement, reluReplacement, replaceRelu6Activation } from "./relu";
import { replaceKernel } from "./replace-kernel";

const kernels = [
  reluReplacement,
  relu6Replacement,
  maxPoolReplacement,
  averagePoolReplacement,
  convolutionReplacement,
  depthwiseReplacement,
];

let undo: (() => void)[] | null = null;

/**
 * Puts fast kernels behind TensorFlow.js's own layers and functions, for all that this process computes from now on: every
 * `tf.LayersModel`, a user's own too, and `tf.grad`. They are this library's where those can be used, else TensorFlow's
 * fused ones. To choose, and to go back, see `useLayers`, which calls this.
 *
 * - ReLU, max and average pool, depthwise and 1 × 1 convolutions: the registered kernels and gradients.
 * - Batch normalisation in training, and the activation "relu6": a method of the layer's class.
 *
 * Results are the same to float32 accuracy. What a model is, and what is saved of it, does not change: any TensorFlow.js
 * loads it. Other windows, orders of axes and types are computed as before. So are gradients of gradients, where
 * TensorFlow.js has them; where it has none, for pools, an error says so.
 *
 * @returns Puts back what was there. Nothing happens where that has been done, or where the kernels are there already.
 */
export function installFastLayers(): () => void {
  undo ??= [...kernels.map(replaceKernel), replaceRelu6Activation(), replaceBatchNormalisation()];
  return removeFastLayers;
}

function removeFastLayers(): void {
  undo?.forEach((each) => {
    each();
  });
  undo = null;
}
