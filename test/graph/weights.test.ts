import { deepEqual, equal } from "node:assert/strict";

import { layers, type Layer, type Shape } from "../../lib/graph/layer";
import { weightsOf } from "../../lib/graph/weights";
import { tf } from "../../lib/runtime/tensorflow";

/** The weights of a layer of TensorFlow.js: what each is called, its shape, and whether it is trained; in order. */
function stockWeightsOf(layer: tf.layers.Layer, input: Shape) {
  layer.build([null, ...input]);
  const trained = layer.trainableWeights;
  const listed = layer.weights.map((weight) => ({
    name: weight.originalName.split("/").at(-1)!,
    shape: weight.shape as number[],
    trainable: trained.includes(weight),
  }));
  for (const weight of layer.weights) weight.dispose();
  return listed;
}

const listed = (layer: Layer, input: Shape) =>
  weightsOf(layer, [input]).map(({ name, shape, trainable }) => ({ name, shape: [...shape], trainable }));

describe("weightsOf(layer, inputs)", () => {
  it("lists names, shapes and order as TensorFlow.js has them", () => {
    const window = { kernelSize: 3, padding: "same" as const };
    for (const bias of [true, false]) {
      deepEqual(
        listed(layers.convolution({ size: 3, filters: 5, bias }), [8, 9, 4]),
        stockWeightsOf(tf.layers.conv2d({ ...window, filters: 5, useBias: bias }), [8, 9, 4]),
      );
      deepEqual(
        listed(layers.depthwise({ size: 3, bias }), [8, 9, 4]),
        stockWeightsOf(tf.layers.depthwiseConv2d({ ...window, useBias: bias }), [8, 9, 4]),
      );
      deepEqual(
        listed(layers.dense({ units: 3, bias }), [7]),
        stockWeightsOf(tf.layers.dense({ units: 3, useBias: bias }), [7]),
      );
    }
    deepEqual(
      listed(layers.batchNormalisation(), [8, 9, 4]),
      stockWeightsOf(tf.layers.batchNormalization(), [8, 9, 4]),
    );
    deepEqual(
      listed(layers.layerNormalisation(), [8, 9, 4]),
      stockWeightsOf(tf.layers.layerNormalization(), [8, 9, 4]),
    );
    deepEqual(listed(layers.layerNormalisation(), [6]), stockWeightsOf(tf.layers.layerNormalization(), [6]));
  });

  it("starts kernels at random by how many numbers are summed up, and all else at constants", () => {
    const starts = (layer: Layer, input: Shape) =>
      weightsOf(layer, [input]).map(({ name, initial, fanIn }) => [name, initial, fanIn]);
    deepEqual(starts(layers.convolution({ size: 3, filters: 5, bias: true }), [8, 9, 4]), [
      ["kernel", "he normal", 36],
      ["bias", 0, 1],
    ]);
    deepEqual(starts(layers.depthwise({ size: 5 }), [8, 9, 4]), [["depthwise_kernel", "he normal", 25]]);
    deepEqual(starts(layers.dense({ units: 3 }), [7]), [
      ["kernel", "glorot uniform", 7],
      ["bias", 0, 1],
    ]);
    deepEqual(starts(layers.batchNormalisation(), [8, 9, 4]), [
      ["gamma", 1, 1],
      ["beta", 0, 1],
      ["moving_mean", 0, 1],
      ["moving_variance", 1, 1],
    ]);
  });

  it("starts a depthwise convolution at a constant where one is given, 0 included", () => {
    for (const constant of [1e-6, 0])
      equal(weightsOf(layers.depthwise({ size: 1, constant }), [[8, 9, 4]])[0]!.initial, constant);
  });

  it("lists none for layers without", () => {
    const without: Layer[] = [
      { kind: "input" },
      layers.activation("relu"),
      layers.maxPool({ size: 2 }),
      layers.averagePool({ size: 2 }),
      layers.globalAveragePool(),
      layers.globalMaxPool(),
      layers.add(),
      layers.multiply(),
      layers.concatenate(),
      layers.flatten(),
      layers.reshape([1]),
      layers.dropout({ rate: 0.5 }),
      layers.shift(),
    ];
    for (const layer of without) deepEqual(weightsOf(layer, [[8, 9, 4]]), [], layer.kind);
  });
});
