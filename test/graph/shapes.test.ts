import { deepEqual, throws } from "node:assert/strict";

import { layers, type Layer, type Shape } from "../../lib/graph/layer";
import { outputShapeOf } from "../../lib/graph/shapes";
import { Problem } from "../../lib/runtime/problem";
import { tf } from "../../lib/runtime/tensorflow";

const shapeOf = (layer: Layer, ...inputs: Shape[]) => outputShapeOf(layer, inputs, "the place");

/** A row or an image, as most layers keep it. */
const shapes = [[5], [7, 6, 3]];

describe("outputShapeOf(layer, inputs, place)", () => {
  it("agrees with TensorFlow.js about windows of every size, stride and padding", () => {
    for (const padding of ["same", "valid"] as const) {
      for (const stride of [1, 2, 3]) {
        for (const size of [1, 2, 3, 5, 7]) {
          for (const [height, width] of [
            [7, 12],
            [8, 8],
            [13, 9],
          ] as const) {
            const window = { size, stride, padding };
            const tensorFlow = { kernelSize: size, poolSize: size, strides: stride, padding };
            const expected = (layer: tf.layers.Layer) =>
              (layer.computeOutputShape([null, height, width, 3]) as number[]).slice(1);
            const input = [height, width, 3];
            const convolution = layers.convolution({ ...window, filters: 5 });
            deepEqual(shapeOf(convolution, input), expected(tf.layers.conv2d({ ...tensorFlow, filters: 5 })));
            deepEqual(shapeOf(layers.depthwise(window), input), expected(tf.layers.depthwiseConv2d(tensorFlow)));
            deepEqual(shapeOf(layers.maxPool(window), input), expected(tf.layers.maxPooling2d(tensorFlow)));
            deepEqual(shapeOf(layers.averagePool(window), input), expected(tf.layers.averagePooling2d(tensorFlow)));
          }
        }
      }
    }
  });

  it("keeps the shape in layers that change single numbers", () => {
    const keeping = [
      layers.batchNormalisation(),
      layers.layerNormalisation(),
      layers.activation("gelu"),
      layers.dropout({ rate: 0.5 }),
    ];
    for (const layer of keeping) for (const shape of shapes) deepEqual(shapeOf(layer, shape), shape);
    deepEqual(shapeOf(layers.shift(), [7, 6, 3]), [7, 6, 3]);
  });

  it("makes rows of images, and images of rows", () => {
    deepEqual(shapeOf(layers.globalAveragePool(), [7, 6, 3]), [3]);
    deepEqual(shapeOf(layers.globalMaxPool(), [7, 6, 3]), [3]);
    deepEqual(shapeOf(layers.flatten(), [7, 6, 3]), [126]);
    deepEqual(shapeOf(layers.dense({ units: 4 }), [126]), [4]);
    deepEqual(shapeOf(layers.reshape([1, 1, 3]), [3]), [1, 1, 3]);
  });

  it("joins values: sums of one shape, channels behind each other, a product with one number a channel", () => {
    for (const shape of shapes) {
      deepEqual(shapeOf(layers.add(), shape), shape);
      deepEqual(shapeOf(layers.add(), shape, shape, shape), shape);
      deepEqual(shapeOf(layers.multiply(), shape, shape), shape);
    }
    deepEqual(shapeOf(layers.multiply(), [7, 6, 3], [1, 1, 3]), [7, 6, 3]);
    deepEqual(shapeOf(layers.concatenate(), [7, 6, 3], [7, 6, 1], [7, 6, 4]), [7, 6, 8]);
    deepEqual(shapeOf(layers.concatenate(), [7], [2]), [9]);
  });

  it("refuses images that are too small for a window, naming place, image and window", () => {
    const valid = layers.maxPool({ size: 3, stride: 2, padding: "valid" });
    deepEqual(shapeOf(valid, [3, 3, 1]), [1, 1, 1]);
    throws(
      () => shapeOf(valid, [8, 2, 1]),
      (error) =>
        error instanceof Problem &&
        /At the place the image has 8 × 2 pixels.*3 × 3 with stride 2 and padding "valid" needs 3 × 3/.test(
          error.message,
        ),
    );
    const same = layers.convolution({ size: 3, stride: 2, filters: 1 });
    deepEqual(shapeOf(same, [2, 2, 1]), [1, 1, 1]);
    throws(() => shapeOf(same, [1, 4, 1]), /has 1 × 4 pixels.*needs 2 × 2/);
  });

  it("refuses rows where images are expected, and the reverse", () => {
    const imaging = [
      layers.convolution({ size: 1, filters: 1 }),
      layers.depthwise({ size: 1 }),
      layers.maxPool({ size: 1 }),
      layers.averagePool({ size: 1 }),
      layers.globalAveragePool(),
      layers.globalMaxPool(),
      layers.shift(),
    ];
    for (const layer of imaging)
      throws(() => shapeOf(layer, [5]), /input of the place has the shape \[5\], expected \[height, width, channels\]/);
    throws(
      () => shapeOf(layers.dense({ units: 2 }), [7, 6, 3]),
      /dense layer the place .* \[7, 6, 3\], expected a row/,
    );
  });

  it("refuses values that do not fit together, and names their shapes", () => {
    throws(() => shapeOf(layers.add(), [7, 6, 3], [7, 6, 2]), /\[7, 6, 3\], \[7, 6, 2\], expected the same shape\./);
    throws(() => shapeOf(layers.add(), [3], [7, 6, 3]), /expected the same shape/);
    throws(() => shapeOf(layers.add()), /shapes of nothing/);
    throws(() => shapeOf(layers.concatenate(), [7, 6, 3], [7, 5, 3]), /the same shape but for the channels/);
    throws(() => shapeOf(layers.concatenate(), [6, 3], [7, 6, 3]), /the same shape but for the channels/);
    throws(() => shapeOf(layers.concatenate()), /shapes of nothing/);
    for (const second of [[1, 1, 1], [7, 1, 2], [2, 6, 3], [3]])
      throws(() => shapeOf(layers.multiply(), [7, 6, 3], second), /or 1 for height and width of the second/);
    throws(() => shapeOf(layers.multiply(), [7, 6, 3]), Problem);
    throws(() => shapeOf(layers.multiply(), [3], [3], [3]), Problem);
    throws(() => shapeOf(layers.reshape([1, 1, 4]), [3]), /\[3\], \[1, 1, 4\], expected as many numbers/);
  });

  it("has no shape for the input, which is given", () => {
    throws(() => shapeOf({ kind: "input" }), /input the place is given, not computed/);
  });
});
