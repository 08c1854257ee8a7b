import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { replaceBatchNormalisation } from "../../../lib/networks/layers/batch-normalisation";
import { tf } from "../../../lib/runtime/tensorflow";
import { randomTensor, relativeDifference, sameAsStock, withFastLayers, withStockLayers } from "./compare";

type Options = Parameters<typeof tf.layers.batchNormalization>[0];

/** A layer whose weights are not those that it starts with. */
function makeLayer(shape: number[], options: Options = {}): tf.layers.Layer {
  const layer = tf.layers.batchNormalization({ epsilon: 0.01, momentum: 0.8, ...options });
  layer.build(shape);
  layer.setWeights(layer.getWeights().map((weight, index) => tf.abs(randomTensor(weight.shape, index + 3)).add(0.5)));
  return layer;
}
const train = (layer: tf.layers.Layer, x: tf.Tensor) => layer.apply(x, { training: true }) as tf.Tensor;

/** Value, gradients of input and weights, and the weights after one pass, of a layer that starts anew. */
function passOnce(x: tf.Tensor, options: Options = {}): Record<string, tf.Tensor> {
  const layer = makeLayer(x.shape, options);
  const variables = layer.trainableWeights.map((weight) => (weight as unknown as { val: tf.Variable }).val);
  const d = randomTensor(x.shape, 9);
  const start = tf.variable(x);
  const { value, grads } = tf.variableGrads(() => tf.sum(tf.mul(train(layer, start), d)), [start, ...variables]);
  const found: Record<string, tf.Tensor> = { value, input: grads[start.name]! };
  layer.trainableWeights.forEach((weight, index) => {
    found[`gradient of ${weight.originalName.split("/")[1]!}`] = grads[variables[index]!.name]!;
  });
  for (const weight of layer.weights) found[weight.originalName.split("/")[1]!] = weight.read();
  return found;
}

function checkPass(what: string, x: tf.Tensor, options: Options = {}): void {
  const expected = withStockLayers(() => passOnce(x, options));
  withFastLayers((kind) => {
    const found = passOnce(x, options);
    deepEqual(Object.keys(found), Object.keys(expected));
    for (const [name, tensor] of Object.entries(found)) {
      // The value is the sum of all outputs, weighted: what is lost is lost of them and not of their sum.
      const scale = name === "value" ? Math.sqrt(x.size) / Math.max(1, Math.abs(expected.value!.dataSync()[0]!)) : 1;
      const difference = relativeDifference(tensor, expected[name]!);
      ok(difference <= 2e-5 * Math.max(1, scale), `${what}, ${kind}, ${name}: ${difference}`);
    }
  });
}

describe("replaceBatchNormalisation()", () => {
  it("gives what TensorFlow.js gives in training: values, gradients, moving averages", () => {
    for (const shape of [
      [2, 9, 7, 3],
      [4, 1, 1, 1],
      [3, 6, 8, 20],
      [2, 5, 17, 37],
      [16, 5],
      [4, 6, 3],
    ]) {
      checkPass(`[${shape.join()}]`, tf.add(randomTensor(shape, 5), 2));
      const layer = makeLayer(shape);
      sameAsStock(`[${shape.join()}]`, (x) => train(layer, x), [randomTensor(shape, 6)], 5e-5);
    }
  });

  it("takes the last axis by its number, too, and leaves others to TensorFlow.js", () => {
    checkPass("axis 3", randomTensor([2, 4, 5, 3], 5), { axis: 3 });
    // The forward pass alone: TensorFlow.js's backward pass fails there.
    const x = randomTensor([2, 4, 5, 3], 5);
    const trainFirst = () => train(makeLayer(x.shape, { axis: 1 }), x);
    const stock = withStockLayers(trainFirst);
    withFastLayers(() => {
      equal(relativeDifference(trainFirst(), stock), 0);
    });
    throws(() => train(makeLayer([2, 3, 3, 3, 2]), randomTensor([2, 3, 3, 3, 2])), { message: /rank 5/ });
  });

  it("normalises by the batch: mean beta, deviation gamma, by the definition in float64", () => {
    const x = tf.tensor2d([1, 2, 4, 9], [4, 1]);
    const [mean, variance] = [4, 9.5];
    withFastLayers(() => {
      const layer = makeLayer([4, 1]);
      const [gamma, beta, movingMean, movingVariance] = layer.getWeights().map((weight) => weight.dataSync()[0]!);
      const values = [...train(layer, x).dataSync()];
      [1, 2, 4, 9].forEach((value, index) => {
        const expected = (gamma! * (value - mean)) / Math.sqrt(variance + 0.01) + beta!;
        ok(Math.abs(values[index]! - expected) < 1e-5);
      });
      const after = layer.getWeights().map((weight) => weight.dataSync()[0]!);
      ok(Math.abs(after[2]! - (0.8 * movingMean! + 0.2 * mean)) < 1e-6);
      ok(Math.abs(after[3]! - (0.8 * movingVariance! + 0.2 * variance)) < 1e-6);
    });
  });

  it("gives beta and gradients of 0 where a channel has one number alone, as TensorFlow.js does", () => {
    const x = randomTensor([1, 3]);
    withFastLayers(() => {
      const layer = makeLayer([1, 3]);
      const beta = layer.getWeights()[1]!;
      ok(relativeDifference(train(layer, x), tf.reshape(beta, [1, 3])) < 1e-6);
      const slopes = [
        ...tf
          .grad((given: tf.Tensor) => train(layer, given))(x)
          .dataSync(),
      ];
      ok(slopes.every((slope) => Math.abs(slope) < 1e-6));
    });
  });

  it("is TensorFlow.js's own where it does not train", () => {
    const x = randomTensor([2, 4, 5, 3]);
    const layer = makeLayer(x.shape);
    const stock = withStockLayers(() => layer.apply(x) as tf.Tensor);
    withFastLayers(() => {
      equal(relativeDifference(layer.apply(x) as tf.Tensor, stock), 0);
      equal(relativeDifference(layer.apply(x, { training: false }) as tf.Tensor, stock), 0);
    });
  });

  it("trains without scale or shift, which TensorFlow.js does not", () => {
    const x = randomTensor([4, 3, 3, 5]);
    throws(() => withStockLayers(() => train(makeLayer(x.shape, { scale: false }), x)), TypeError);
    withFastLayers(() => {
      const whole = makeLayer(x.shape);
      for (const [option, place, value] of [
        ["scale", 0, 1],
        ["center", 1, 0],
      ] as const) {
        const weights = whole
          .getWeights()
          .map((weight, index) => (index === place ? tf.fill(weight.shape, value) : weight));
        const part = makeLayer(x.shape, { [option]: false });
        part.setWeights(weights.filter((_, index) => index !== place));
        whole.setWeights(weights);
        equal(relativeDifference(train(part, x), train(whole, x)), 0);
        const slopes = [part, whole].map((layer) => tf.grad((given: tf.Tensor) => tf.pow(train(layer, given), 3))(x));
        equal(relativeDifference(slopes[0]!, slopes[1]!), 0);
      }
    });
  });

  it("can be differentiated again, with TensorFlow.js's own operations", () => {
    const layer = makeLayer([3, 2, 2, 4]);
    const slope = (x: tf.Tensor) => tf.grad((given: tf.Tensor) => tf.pow(train(layer, given), 3))(x);
    sameAsStock("gradient of a gradient", slope, [randomTensor([3, 2, 2, 4], 5)], 1e-4);
  });

  it("leaves the layer as it is once undone: its class, its description, its name's number", () => {
    withStockLayers(() => {
      const prototype = Object.getPrototypeOf(tf.layers.batchNormalization()) as { call: unknown };
      const { call } = prototype;
      const number = () => Number(/\d+$/.exec(tf.layers.batchNormalization().name)![0]);
      const [counted, config] = [number(), JSON.stringify(makeLayer([2, 3], { name: "it" }).getConfig())];
      const undo = replaceBatchNormalisation();
      equal(JSON.stringify(makeLayer([2, 3], { name: "it" }).getConfig()), config);
      equal(tf.layers.batchNormalization().getClassName(), "BatchNormalization");
      equal(number(), counted + 2);
      undo();
      equal(prototype.call, call);
    });
  });
});
