import { deepEqual, equal, ok } from "node:assert/strict";

import { useLayers } from "../../../lib/networks/layers/choose-layers";
import { replaceRelu6Activation } from "../../../lib/networks/layers/relu";
import { tf } from "../../../lib/runtime/tensorflow";
import { bytesHeld, randomTensor, sameAsStock, withFastLayers, withStockLayers } from "./compare";

const edges = () => tf.tensor1d([-Infinity, -7, -1e-30, -0, 0, 1e-30, 1, 5.9999995, 6, 6.0000005, 7, Infinity]);
const slopeOf = (f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor) => [...tf.tidy(() => tf.grad(f)(x).dataSync())];

describe("reluReplacement and relu6Replacement", () => {
  it("give what TensorFlow.js gives, for any number of axes", () => {
    for (const shape of [[], [7], [3, 5], [2, 9, 7, 3], [2, 3, 2, 3, 2]]) {
      sameAsStock(`ReLU of [${shape.join()}]`, (x) => tf.relu(x), [randomTensor(shape)], 0);
      sameAsStock(`ReLU to 6 of [${shape.join()}]`, (x) => tf.relu6(x), [randomTensor(shape, 2, 5)], 0);
    }
  });

  it("pass a gradient on above 0 and, of a ReLU to 6, below 6", () => {
    withFastLayers(() => {
      deepEqual(
        slopeOf((x) => tf.relu(x), edges()),
        [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1],
      );
      deepEqual(
        slopeOf((x) => tf.relu6(x), edges()),
        [0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0],
      );
    });
  });

  it("take whole numbers, and none at all", () => {
    const whole = tf.tensor1d([-2, 0, 3, 8], "int32");
    withFastLayers(() => {
      deepEqual([...tf.relu(whole).dataSync()], [0, 0, 3, 8]);
      deepEqual(
        slopeOf((x) => tf.relu(x), whole),
        [0, 0, 1, 1],
      );
      deepEqual(
        slopeOf((x) => tf.relu6(x), whole),
        [0, 0, 1, 0],
      );
      deepEqual(
        slopeOf((x) => tf.relu(x), tf.zeros([0, 3])),
        [],
      );
    });
  });

  it("can be differentiated again: of relu(x)³ the second derivative is 6 relu(x)", () => {
    const x = tf.tensor1d([-2, -0.5, 0.5, 3]);
    withFastLayers(() => {
      for (const relu of [tf.relu, tf.relu6]) {
        const cube = (given: tf.Tensor) => tf.pow(relu(given), 3);
        const second = slopeOf((given) => tf.grad(cube)(given), x);
        second.forEach((value, index) => {
          ok(Math.abs(value - [0, 0, 3, 18][index]!) < 1e-5, `${value}`);
        });
      }
    });
  });

  it("hold the output alone, which the next layer holds, too", () => {
    const x = randomTensor([2, 8, 8, 4]);
    const layers = (given: tf.Tensor) => tf.square(tf.relu(tf.neg(given)));
    // The square holds its input in both cases.
    equal(
      withStockLayers(() => bytesHeld(layers, x)),
      2 * 4 * x.size,
    );
    withFastLayers(() => {
      equal(bytesHeld(layers, x), 4 * x.size);
    });
  });
});

describe("replaceRelu6Activation()", () => {
  const layer = tf.layers.activation({ activation: "relu6" });
  const apply = (x: tf.Tensor) => layer.apply(x) as tf.Tensor;

  it("gives the values and gradients of TensorFlow.js's layer, at 6, too", () => {
    const stock = withStockLayers(() => [...apply(edges()).dataSync()]);
    const stockSlopes = withStockLayers(() => slopeOf(apply, edges()));
    withFastLayers(() => {
      deepEqual([...apply(edges()).dataSync()], stock);
      deepEqual(slopeOf(apply, edges()), stockSlopes);
    });
  });

  it("is one kernel until it is undone, and counts no layer that a user makes", async () => {
    const kernels = async () => (await tf.profile(() => apply(edges()))).kernelNames;
    const undoStock = useLayers("stock");
    const undo = replaceRelu6Activation();
    deepEqual(await kernels(), ["Relu6"]);
    undo();
    ok((await kernels()).includes("Minimum"));
    undoStock();
    const number = () => Number(/\d+$/.exec(tf.layers.activation({ activation: "relu6" }).name)![0]);
    const before = number();
    replaceRelu6Activation()();
    equal(number(), before + 1);
  });
});
