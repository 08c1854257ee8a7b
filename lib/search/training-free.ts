import { LuDecomposition, Matrix } from "ml-matrix";

import type { Graph } from "../graph/graph";
import { layerNameOf } from "../networks/model/layer-name";
import { toModel } from "../networks/model/to-model";
import { weightsOfModel } from "../networks/weights/model-weights";
import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";
import { tf } from "../runtime/tensorflow";

/**
 * Scores a network that was not trained by how much passes through it: with the absolute values of its weights and an image of ones, the
 * sum over kernels and dense weights of weight times gradient of the sum of the outputs (Tanaka and others, "Pruning neural networks
 * without any data by iteratively conserving synaptic flow", NeurIPS 2020; as a score of architectures, Abdelfattah and others,
 * "Zero-cost proxies for lightweight NAS", ICLR 2021). Normalisations pass their input on.
 *
 * @param graph The network.
 * @param random What its weights start with.
 * @returns The natural logarithm of the sum.
 */
export function synflow(graph: Graph, random: RandomGenerator): number {
  const model = toModel(graph, { random });
  try {
    const weights = weightsOfModel(graph, model);
    const flowing = weights.keys.filter((key) => key.endsWith("kernel"));
    return tf.tidy(() => {
      for (const key of flowing) weights.get(key).assign(tf.abs(weights.get(key)));
      const [, height, width, channels] = model.inputs[0]!.shape;
      const ones = tf.ones([1, height!, width!, channels!]);
      const variables = flowing.map((key) => weights.get(key));
      const { grads } = tf.variableGrads(() => tf.sum<tf.Scalar>(model.apply(ones) as tf.Tensor), variables);
      const parts = variables.map((variable) => tf.sum(tf.abs(tf.mul(variable, grads[variable.name]!))));
      return Math.log(parts.reduce((sum, part) => sum + part.dataSync()[0]!, 0));
    });
  } finally {
    model.dispose();
  }
}

/**
 * Scores a network that was not trained by how differently it answers to different images: by which of its rectifiers are on for each
 * (Mellor, Turner, Storkey and Crowley, "Neural architecture search without training", ICML 2021).
 *
 * @param graph The network.
 * @param images Some images, `[batch, height, width, channels]`, float32, two at least; they stay the caller's.
 * @param random What its weights start with.
 * @returns The natural logarithm of the determinant of how many rectifiers each pair of images has alike; -Infinity where two images
 *   have all of them alike.
 * @throws {Problem} Where the network has no rectifiers, or there is one image.
 */
export function naswot(graph: Graph, images: tf.Tensor4D, random: RandomGenerator): number {
  const rectifiers = graph.nodes.filter(({ layer }) => layer.kind === "activation" && layer.function === "relu");
  const count = images.shape[0];
  if (rectifiers.length === 0 || count < 2)
    throw new Problem(
      `A score by rectifiers was asked of ${graph.name}, which has ${rectifiers.length}, with ${count} images.`,
      "Give a network with ReLU, and two images or more.",
    );
  const model = toModel(graph, { random });
  try {
    const outputs = rectifiers.map(({ name }) => model.getLayer(layerNameOf(name)).output as tf.SymbolicTensor);
    const watched = tf.model({ inputs: model.inputs, outputs });
    const alike = tf.tidy(() => {
      // Normalisations take the images' own statistics: nothing was averaged yet.
      const values = watched.apply(images, { training: true }) as tf.Tensor | tf.Tensor[];
      return [values]
        .flat()
        .map((value) => {
          const on = tf.cast(tf.greater(value, 0), "float32").reshape<tf.Tensor2D>([count, -1]);
          const off = tf.sub<tf.Tensor2D>(1, on);
          return tf.add<tf.Tensor2D>(tf.matMul(on, on, false, true), tf.matMul(off, off, false, true));
        })
        .reduce((sum, next) => tf.add<tf.Tensor2D>(sum, next))
        .arraySync();
    });
    const { upperTriangularMatrix: upper } = new LuDecomposition(new Matrix(alike));
    return Array.from({ length: count }, (_, place) => Math.log(Math.abs(upper.get(place, place)))).reduce(
      (sum, value) => sum + value,
      0,
    );
  } finally {
    model.dispose();
  }
}
