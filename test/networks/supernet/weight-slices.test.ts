import { deepEqual } from "node:assert/strict";

import { startGraph } from "../../../lib/graph/builder";
import { layers } from "../../../lib/graph/layer";
import { sliceableWeightsOf, sliceOf } from "../../../lib/networks/supernet/weight-slices";

/** Two convolutions of some widths side by side, then a normalisation, a depthwise convolution and a dense layer. */
function graphOf(first: number, second: number) {
  const builder = startGraph("side by side", { height: 4, width: 4, channels: 1 });
  const one = builder.add("one", layers.convolution({ size: 1, filters: first }), builder.input);
  const other = builder.add("other", layers.convolution({ size: 1, filters: second, bias: true }), builder.input);
  let value = builder.add("both", layers.concatenate(), one, other);
  value = builder.add("norm", layers.batchNormalisation({ epsilon: 1e-3, momentum: 0.9 }), value);
  value = builder.add("each", layers.depthwise({ size: 1, stride: 1, bias: true }), value);
  const mean = builder.add("mean", layers.globalAveragePool(), value);
  return builder.finish(builder.add("logits", layers.dense({ units: 2 }), mean));
}

describe("sliceOf(narrow, wide)", () => {
  const of = (first: number, second: number) =>
    new Map(sliceableWeightsOf(graphOf(first, second)).map((weight) => [weight.key, weight]));
  const [narrow, wide] = [of(1, 2), of(3, 4)];
  const placesOf = (key: string) => [...sliceOf(narrow.get(key)!, wide.get(key)!)];

  it("takes the first outputs of a convolution and of its bias", () => {
    deepEqual(placesOf("one/kernel"), [0]);
    deepEqual(placesOf("other/kernel"), [0, 1]);
    deepEqual(placesOf("other/bias"), [0, 1]);
  });

  it("takes the first of each source where features of several stand side by side", () => {
    // The wide one has the features a0 a1 a2 b0 b1 b2 b3, the narrow one a0 b0 b1.
    const expected = [0, 3, 4];
    for (const key of ["norm/gamma", "norm/moving_mean", "each/depthwise_kernel", "each/bias"])
      deepEqual(placesOf(key), expected, key);
    // Two logits a feature.
    deepEqual(placesOf("logits/kernel"), [0, 1, 6, 7, 8, 9]);
    deepEqual(placesOf("logits/bias"), [0, 1]);
  });

  it("takes all of a weight that is as wide", () => {
    for (const [key, weight] of wide) {
      const count = weight.specification.shape.reduce((a, b) => a * b, 1);
      deepEqual(
        [...sliceOf(weight, weight)],
        Array.from({ length: count }, (_, index) => index),
        key,
      );
    }
  });
});
