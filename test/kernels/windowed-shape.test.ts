import { deepEqual } from "node:assert/strict";

import { windowedShape } from "../../lib/kernels/windowed-shape";
import { tf } from "../../lib/runtime/tensorflow";

describe("windowedShape(shape, window, channels)", () => {
  it("is the shape that TensorFlow.js's pools and convolutions give", () => {
    for (const size of [1, 2, 3, 5]) {
      for (const stride of [1, 2, 3]) {
        for (const padding of ["same", "valid"] as const) {
          const shape: [number, number, number, number] = [2, 7, 10, 3];
          const pooled = tf.tidy(() => tf.maxPool(tf.ones<tf.Rank.R4>(shape), size, stride, padding).shape);
          deepEqual(windowedShape(shape, { size, stride, padding }), pooled, `${size}, ${stride}, ${padding}`);
          const convolved = tf.tidy(
            () => tf.conv2d(tf.ones<tf.Rank.R4>(shape), tf.ones([size, size, 3, 5]), stride, padding).shape,
          );
          deepEqual(windowedShape(shape, { size, stride, padding }, 5), convolved, `${size}, ${stride}, ${padding}`);
        }
      }
    }
  });
});
