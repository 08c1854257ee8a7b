import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { tf } from "../../../lib/runtime/tensorflow";
import { randomTensor, relativeDifference, sameAsStock, withFastLayers, withStockLayers } from "./compare";

type Convolve = typeof tf.conv2d;
const kinds: [name: string, convolve: Convolve, filters: number, sizes: number[]][] = [
  ["convolution", tf.conv2d, 5, [1, 3]],
  ["depthwise", tf.depthwiseConv2d, 1, [1, 2, 3, 5, 7]],
];

describe("convolutionReplacement and depthwiseReplacement", () => {
  for (const [name, convolve, filters, sizes] of kinds) {
    it(`give what TensorFlow.js gives, values and both gradients: ${name}`, () => {
      for (const [height, width, channels] of [
        [9, 7, 3],
        [1, 1, 1],
        [6, 8, 20],
        [5, 17, 37],
      ] as const) {
        const x = randomTensor([2, height, width, channels]);
        for (const size of sizes) {
          const kernel = randomTensor([size, size, channels, filters], 2);
          for (const stride of [1, 2, 3]) {
            for (const pad of ["same", "valid"] as const) {
              if (pad === "valid" && size > Math.min(height, width)) continue;
              sameAsStock(
                `${name} ${size}, ${stride}, ${pad} of ${height}×${width}×${channels}`,
                (image, weights) => convolve(image as tf.Tensor4D, weights as tf.Tensor4D, stride, pad),
                [x, kernel],
              );
            }
          }
        }
      }
    });

    it(`leave to TensorFlow.js what only it computes: ${name}`, () => {
      const x = randomTensor([2, 9, 7, 3]) as tf.Tensor4D;
      const kernel = (height: number, width: number, to = filters) =>
        randomTensor([height, width, 3, to], 2) as tf.Tensor4D;
      const run = (what: string, weights: tf.Tensor4D, ...rest: [number | [number, number], "same" | "valid"]) => {
        sameAsStock(what, (image, k) => convolve(image as tf.Tensor4D, k as tf.Tensor4D, ...rest), [x, weights]);
      };
      run("not square", kernel(3, 5), 1, "same");
      run("several filters", kernel(3, 3, 2 * filters), 1, "same");
      const border: [[number, number], [number, number], [number, number], [number, number]] = [
        [0, 0],
        [1, 0],
        [0, 2],
        [0, 0],
      ];
      for (const size of [1, 3]) {
        const weights = kernel(size, size);
        const one = withStockLayers(() => convolve(x, weights, 1, border));
        withFastLayers(() => {
          equal(relativeDifference(convolve(x, weights, 1, border), one), 0);
        });
      }
    });

    it(`refuse a gradient through a spread window as TensorFlow.js does: ${name}`, () => {
      const x = randomTensor([1, 9, 7, 3]) as tf.Tensor4D;
      const weights = randomTensor([3, 3, 3, filters], 2) as tf.Tensor4D;
      const spread = (image: tf.Tensor) => convolve(image as tf.Tensor4D, weights, 1, "same", "NHWC", 2);
      const stock = withStockLayers(() => spread(x));
      withFastLayers(() => {
        equal(relativeDifference(spread(x), stock), 0);
        throws(() => tf.tidy(() => tf.grad(spread)(x)), { message: /dilation rates greater than 1/ });
      });
    });
  }

  it("serve layers with channels first, and one image without its batch", () => {
    const layer = tf.layers.conv2d({
      filters: 4,
      kernelSize: 1,
      strides: 2,
      dataFormat: "channelsFirst",
      useBias: false,
    });
    const spread = tf.layers.depthwiseConv2d({ kernelSize: 3, dataFormat: "channelsFirst", useBias: false });
    for (const each of [layer, spread]) {
      each.apply(tf.zeros([2, 3, 9, 7]));
      sameAsStock("channels first", (x) => each.apply(x) as tf.Tensor, [randomTensor([2, 3, 9, 7])]);
    }
    const one = (x: tf.Tensor, kernel: tf.Tensor) => tf.conv2d(x as tf.Tensor3D, kernel as tf.Tensor4D, 1, "same");
    sameAsStock("one image", one, [randomTensor([9, 7, 3]), randomTensor([1, 1, 3, 4], 2)]);
  });

  it("take many channels, and an empty batch", () => {
    const wide = (x: tf.Tensor, kernel: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, 1, "same");
    sameAsStock("many channels", wide, [randomTensor([2, 3, 2, 300]), randomTensor([1, 1, 300, 301], 2)], 1e-4);
    const empty = tf.zeros<tf.Rank.R4>([0, 4, 4, 2]);
    const shapes = () => [
      tf.conv2d(empty, tf.zeros<tf.Rank.R4>([1, 1, 2, 3]), 1, "same").shape,
      tf.depthwiseConv2d(empty, tf.zeros<tf.Rank.R4>([3, 3, 2, 1]), 1, "same").shape,
    ];
    const stock = withStockLayers(shapes);
    withFastLayers(() => {
      deepEqual(shapes(), stock);
    });
  });

  it("give one of the gradients alone", () => {
    const x = randomTensor([2, 9, 7, 3]) as tf.Tensor4D;
    for (const [name, convolve, filters] of kinds) {
      for (const size of [1, 3]) {
        const kernel = randomTensor([size, size, 3, filters], 2) as tf.Tensor4D;
        sameAsStock(`${name}, input`, (image) => convolve(image as tf.Tensor4D, kernel, 1, "same"), [x]);
        sameAsStock(`${name}, weights`, (weights) => convolve(x, weights as tf.Tensor4D, 1, "same"), [kernel]);
      }
    }
  });

  it("can be differentiated again where TensorFlow.js can, and say so where it cannot", () => {
    const kernel = randomTensor([1, 1, 3, 4], 2) as tf.Tensor4D;
    const slope = (x: tf.Tensor) =>
      tf.grad((image: tf.Tensor) => tf.pow(tf.conv2d(image as tf.Tensor4D, kernel, 1, "same"), 3))(x);
    const x = randomTensor([1, 4, 3, 3]);
    sameAsStock("gradient of a gradient", slope, [x]);
    const weights = randomTensor([3, 3, 3, 1], 2) as tf.Tensor4D;
    const again = (image: tf.Tensor) =>
      tf.grad((given: tf.Tensor) => tf.square(tf.depthwiseConv2d(given as tf.Tensor4D, weights, 1, "same")))(image);
    withFastLayers(() => {
      throws(() => tf.tidy(() => tf.grad(again)(x)), { message: /gradient function not found for Depthwise\w+/ });
      ok(tf.tidy(() => again(x)).size === x.size);
    });
  });
});
