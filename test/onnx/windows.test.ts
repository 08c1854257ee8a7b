import { deepEqual, ok } from "node:assert/strict";

import { padsOf, shareInside, windowAttributes } from "../../lib/onnx/windows";
import { outputShapeOf } from "../../lib/graph/shapes";
import { layers } from "../../lib/graph/layer";
import { tf } from "../../lib/runtime/tensorflow";

describe("the windows of ONNX", () => {
  it("lie as TensorFlow's do: with the smaller half before, and none where the window stays inside", () => {
    const window = { size: 3, stride: 2, padding: "same" } as const;
    deepEqual(padsOf(window, [8, 9, 1]), [0, 1, 1, 1]);
    deepEqual(padsOf({ ...window, size: 4, stride: 1 }, [8, 9, 1]), [1, 1, 2, 2]);
    deepEqual(padsOf({ ...window, size: 1 }, [8, 9, 1]), [0, 0, 0, 0]);
    deepEqual(padsOf({ ...window, padding: "valid" }, [8, 9, 1]), [0, 0, 0, 0]);
    deepEqual(windowAttributes(window, [0, 1, 1, 1]), { kernel_shape: [3, 3], strides: [2, 2], pads: [0, 1, 1, 1] });
  });

  it("make up for the zeros in their means, as TensorFlow's means of ones with zeros around show", () => {
    for (const size of [2, 3, 4]) {
      for (const stride of [1, 2, 3]) {
        const layer = layers.averagePool({ size, stride });
        const shape = [7, 10, 1];
        const pads = padsOf(layer, shape);
        const given = outputShapeOf(layer, [shape], "pool");
        const means = tf.tidy(() => {
          const [top, left, bottom, right] = pads;
          const ones = tf.pad(tf.ones<tf.Rank.R4>([1, 7, 10, 1]), [
            [0, 0],
            [top, bottom],
            [left, right],
            [0, 0],
          ]);
          return tf.avgPool(ones, size, stride, "valid").dataSync<"float32">();
        });
        const share = shareInside(layer, pads, shape, given);
        deepEqual(share.length, means.length);
        ok(
          share.every((value, index) => Math.abs(value * means[index]! - 1) < 1e-6),
          `${size}, ${stride}`,
        );
      }
    }
  });
});
