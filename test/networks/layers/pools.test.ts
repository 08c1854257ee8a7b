import { deepEqual, equal, throws } from "node:assert/strict";

import { tf } from "../../../lib/runtime/tensorflow";
import { bytesHeld, randomTensor, sameAsStock, withFastLayers, withStockLayers } from "./compare";

type Size = number | [number, number];
const pools = {
  max: (x: tf.Tensor, size: Size, strides: Size, pad: "same" | "valid") =>
    tf.maxPool(x as tf.Tensor4D, size, strides, pad),
  average: (x: tf.Tensor, size: Size, strides: Size, pad: "same" | "valid") =>
    tf.avgPool(x as tf.Tensor4D, size, strides, pad),
};

describe("maxPoolReplacement and averagePoolReplacement", () => {
  for (const [name, pool] of Object.entries(pools)) {
    it(`give what TensorFlow.js gives, values and gradients: ${name}`, () => {
      for (const [height, width, channels] of [
        [9, 7, 3],
        [1, 1, 1],
        [6, 8, 20],
        [5, 17, 37],
      ] as const) {
        const x = randomTensor([2, height, width, channels]);
        // A window of 16 is larger than our own kernels take.
        for (const size of [1, 2, 3, 5, 16]) {
          for (const stride of [1, 2, 3]) {
            for (const pad of ["same", "valid"] as const) {
              if (pad === "valid" && size > Math.min(height, width)) continue;
              sameAsStock(
                `${name} ${size}, ${stride}, ${pad} of ${height}×${width}`,
                (given) => pool(given, size, stride, pad),
                [x],
              );
            }
          }
        }
      }
    });

    it(`leave to TensorFlow.js what only it computes: ${name}`, () => {
      const x = randomTensor([2, 9, 7, 3]);
      sameAsStock("not square", (given) => pool(given, [2, 3], 1, "same"), [x]);
      sameAsStock("not evenly moved", (given) => pool(given, 3, [1, 2], "valid"), [x]);
      sameAsStock("one image without its batch", (given) => pool(given, 3, 2, "same"), [randomTensor([9, 7, 3])]);
      // The Node backend computes no border in pixels, neither with us nor without.
      const bordered = () => tf.tidy(() => tf.maxPool(x as tf.Tensor4D, 3, 1, 1));
      const message = /supports only 'valid' and 'same' padding/;
      withStockLayers(() => {
        throws(bordered, { message });
      });
      withFastLayers(() => {
        throws(bordered, { message });
      });
    });

    it(`serve layers with channels first: ${name}`, () => {
      const options = { poolSize: 3, strides: 2, padding: "same", dataFormat: "channelsFirst" } as const;
      const layer = name === "max" ? tf.layers.maxPooling2d(options) : tf.layers.averagePooling2d(options);
      sameAsStock("channels first", (x) => layer.apply(x) as tf.Tensor, [randomTensor([2, 3, 9, 7])]);
    });

    it(`say that the gradient of a gradient is not to be had: ${name}`, () => {
      const x = randomTensor([1, 4, 4, 1]);
      const slope = (given: tf.Tensor) => tf.grad((image: tf.Tensor) => tf.square(pool(image, 2, 2, "same")))(given);
      withStockLayers(() => {
        throws(() => tf.tidy(() => tf.grad(slope)(x)), { message: /gradient function not found for \w+PoolGrad/ });
      });
      withFastLayers((kind) => {
        if (name === "max" && kind === "tensorflow") return;
        throws(() => tf.tidy(() => tf.grad(slope)(x)), {
          name: "Problem",
          message: /The gradient of an? (max|average) pool was to be differentiated once more/,
        });
      });
    });
  }

  it("pass a gradient on to the first of equal numbers, row by row", () => {
    const x = tf.ones([1, 2, 4, 1]);
    withFastLayers(() => {
      const slopes = tf.tidy(() =>
        tf
          .grad((given: tf.Tensor) => pools.max(given, 2, 2, "valid"))(x)
          .dataSync(),
      );
      deepEqual([...slopes], [1, 0, 1, 0, 0, 0, 0, 0]);
    });
  });

  it("take whole numbers and an empty batch as TensorFlow.js does", () => {
    const whole = tf.tensor4d([3, 1, 2, 9], [1, 2, 2, 1], "int32");
    withFastLayers(() => {
      const largest = pools.max(whole, 2, 1, "valid");
      equal(largest.dtype, "int32");
      deepEqual([...largest.dataSync()], [9]);
      deepEqual(pools.average(tf.zeros([0, 4, 4, 2]), 2, 2, "same").shape, [0, 2, 2, 2]);
      deepEqual(pools.max(tf.zeros([0, 4, 4, 2]), 2, 2, "same").shape, [0, 2, 2, 2]);
    });
  });

  it("hold a byte for each output, or the shape alone, in place of images", () => {
    const x = randomTensor([2, 8, 8, 4]);
    const held = (name: keyof typeof pools) => bytesHeld((given) => pools[name](given, 2, 2, "same"), x);
    const image = 4 * x.size;
    withStockLayers(() => {
      deepEqual([held("max"), held("average")], [image + image / 4, image]);
    });
    withFastLayers((kind) => {
      equal(held("average"), 16);
      equal(held("max"), kind === "own" ? x.size / 4 + 16 : image + image / 4);
    });
  });
});
