import { deepEqual, equal } from "node:assert/strict";

import { leavesPixelsOut, stockConvolution, stridedPixels } from "../../lib/kernels/stock-convolution";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { leavesNothing, near, normalTensor, tidily } from "../helpers/kernels";

/** Value and gradients of a 1 × 1 convolution by their sums. */
function bySums(x: tf.Tensor4D, kernel: tf.Tensor4D, d: tf.Tensor4D, stride: number, depthwise: boolean) {
  const [xs, ks, ds] = [x.dataSync(), kernel.dataSync(), d.dataSync()];
  const [batch, height, width, channels] = x.shape;
  const [, rows, columns, filters] = d.shape;
  const [value, dX, dKernel] = [d.size, x.size, kernel.size].map((size) => new Float32Array(size));
  for (let n = 0; n < batch; n++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        for (let filter = 0; filter < filters; filter++) {
          for (const channel of depthwise ? [filter] : Array.from({ length: channels }, (_, index) => index)) {
            const seen = ((n * height + row * stride) * width + column * stride) * channels + channel;
            const given = ((n * rows + row) * columns + column) * filters + filter;
            const weight = depthwise ? channel : channel * filters + filter;
            value![given]! += xs[seen]! * ks[weight]!;
            dX![seen]! += ds[given]! * ks[weight]!;
            dKernel![weight]! += ds[given]! * xs[seen]!;
          }
        }
      }
    }
  }
  return { value: [...value!], dX: [...dX!], dKernel: [...dKernel!] };
}

describe("stockConvolution(x, kernel, window, depthwise)", () => {
  for (const depthwise of [false, true]) {
    it(
      `gives a 1 × 1 ${depthwise ? "depthwise " : ""}convolution and its gradients at every stride, each time`,
      tidily(() => {
        const random = createRandom(1);
        for (const [height, width, channels] of [
          [10, 10, 1],
          [8, 14, 5],
          [9, 7, 3],
          [16, 16, 8],
        ] as const) {
          for (const stride of [1, 2, 3]) {
            for (const padding of ["same", "valid"] as const) {
              const what = `[${height}, ${width}, ${channels}], stride ${stride}, ${padding}`;
              const x = normalTensor(random, [2, height, width, channels]);
              const kernel = normalTensor(random, [1, 1, channels, depthwise ? 1 : 6]);
              const convolve = (a: tf.Tensor, b: tf.Tensor) =>
                stockConvolution(a as tf.Tensor4D, b as tf.Tensor4D, { stride, padding }, depthwise);
              const d = normalTensor(random, convolve(x, kernel).shape);
              const expected = bySums(x, kernel, d, stride, depthwise);
              // What reads memory that nobody has written is right now and then.
              for (let time = 0; time < 10; time++) {
                tf.fill([x.size], 1000).dispose();
                const { value, grads } = tf.valueAndGrads(convolve)([x, kernel], d);
                near(value, expected.value, what);
                near(grads[0]!, expected.dX, `${what}, x`);
                near(grads[1]!, expected.dKernel, `${what}, kernel`);
              }
            }
          }
        }
      }),
    );
  }

  it(
    "is TensorFlow.js's own for other windows",
    tidily(() => {
      const random = createRandom(2);
      const [x, kernel, each] = [
        normalTensor(random, [2, 7, 6, 4]),
        normalTensor(random, [3, 3, 4, 5]),
        normalTensor(random, [3, 3, 4, 1]),
      ];
      for (const stride of [1, 2]) {
        for (const padding of ["same", "valid"] as const) {
          near(stockConvolution(x, kernel, { stride, padding }), tf.conv2d(x, kernel, stride, padding));
          near(stockConvolution(x, each, { stride, padding }, true), tf.depthwiseConv2d(x, each, stride, padding));
        }
      }
    }),
  );

  it("leaves no tensors behind", () => {
    const [x, kernel] = [tf.ones<tf.Rank.R4>([1, 4, 4, 3]), tf.ones<tf.Rank.R4>([1, 1, 3, 2])];
    leavesNothing(() => stockConvolution(x, kernel, { stride: 2, padding: "same" }));
    tf.dispose([x, kernel]);
  });
});

describe("leavesPixelsOut(shape, stride)", () => {
  it("is true for single pixels with a stride alone", () => {
    equal(leavesPixelsOut([1, 1, 5, 3], 2), true);
    equal(leavesPixelsOut([1, 1, 5, 3], 1), false);
    equal(leavesPixelsOut([2, 2, 5, 3], 3), false);
    equal(leavesPixelsOut([1, 3, 5, 3], 2), false);
  });
});

describe("stridedPixels(x, stride)", () => {
  it(
    "takes of every so many rows and columns the first, to the bit",
    tidily(() => {
      const x = normalTensor(createRandom(4), [2, 7, 10, 3]);
      for (const stride of [1, 2, 3, 8]) {
        const expected = tf.stridedSlice(x, [0, 0, 0, 0], x.shape, [1, stride, stride, 1]);
        const found = stridedPixels(x, stride);
        deepEqual(found.shape, expected.shape);
        deepEqual(found.dataSync(), expected.dataSync());
      }
    }),
  );
});
