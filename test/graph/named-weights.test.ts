import { deepEqual, equal } from "node:assert/strict";

import { startGraph } from "../../lib/graph/builder";
import { layers } from "../../lib/graph/layer";
import { namedWeightsOf } from "../../lib/graph/named-weights";

describe("namedWeightsOf(graph)", () => {
  it("names each weight by its node and itself, in the order of the nodes, with the shapes that the wiring gives", () => {
    const builder = startGraph("example", { height: 4, width: 4, channels: 3 });
    const one = builder.add("a/convolution", layers.convolution({ size: 3, filters: 5, bias: true }), builder.input);
    const two = builder.add("a/norm", layers.batchNormalisation(), one);
    const both = builder.add("both", layers.concatenate(), one, two);
    const mean = builder.add("mean", layers.globalAveragePool(), both);
    const weights = namedWeightsOf(builder.finish(builder.add("logits", layers.dense({ units: 2 }), mean)));
    deepEqual(
      weights.map(({ key, specification }) => [key, specification.shape]),
      [
        ["a/convolution/kernel", [3, 3, 3, 5]],
        ["a/convolution/bias", [5]],
        ["a/norm/gamma", [5]],
        ["a/norm/beta", [5]],
        ["a/norm/moving_mean", [5]],
        ["a/norm/moving_variance", [5]],
        ["logits/kernel", [10, 2]],
        ["logits/bias", [2]],
      ],
    );
    equal(weights.filter(({ specification }) => specification.trainable).length, 6);
  });
});
