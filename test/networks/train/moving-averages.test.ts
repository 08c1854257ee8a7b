import { deepEqual, equal, ok } from "node:assert/strict";

import { startGraph } from "../../../lib/graph/builder";
import { layers } from "../../../lib/graph/layer";
import { toModel } from "../../../lib/networks/model/to-model";
import { planNetwork } from "../../../lib/networks/run/plan";
import { runNetwork } from "../../../lib/networks/run/run-network";
import { updateMovingAverages } from "../../../lib/networks/train/moving-averages";
import { copyWeights, weightsOfModel } from "../../../lib/networks/weights/model-weights";
import { createRandom } from "../../../lib/runtime/random";
import { tf } from "../../../lib/runtime/tensorflow";
import { byStock, imagesOf, leavesNothing, near, weightsOfGraph } from "../helpers";

const size = { height: 5, width: 6, channels: 2 };

/** Two normalisations of different momentum, the second behind a 1 × 1 convolution, computed with it. */
function example() {
  const builder = startGraph("Example", size);
  const first = builder.add("first", layers.batchNormalisation({ momentum: 0.7 }), builder.input);
  const mixed = builder.add("mixed", layers.convolution({ size: 1, filters: 3 }), first);
  const second = builder.add("second", layers.batchNormalisation({ momentum: 0.95 }), mixed);
  const mean = builder.add("mean", layers.globalAveragePool(), second);
  return builder.finish(builder.add("logits", layers.dense({ units: 2 }), mean));
}

describe("updateMovingAverages(graph, weights, statistics)", () => {
  it("moves averages as TensorFlow.js's own layer does, over several batches", () => {
    byStock(() => {
      const graph = example();
      const weights = weightsOfGraph(graph);
      const model = toModel(graph, { random: createRandom(1) });
      const own = weightsOfModel(graph, model);
      copyWeights(weights, own);
      for (let step = 0; step < 6; step++) {
        const x = imagesOf(size, 4, 20 + step);
        const run = runNetwork(planNetwork(graph), weights.of, x, { statistics: "batch" });
        updateMovingAverages(graph, weights, run.statistics);
        run.dispose();
        tf.dispose(model.apply(x, { training: true }) as tf.Tensor);
        x.dispose();
        for (const key of weights.keys)
          near(weights.get(key).dataSync() as Float32Array, own.get(key).dataSync() as Float32Array, 1e-5, key);
      }
      weights.dispose();
      model.dispose();
    });
  });

  it("is momentum · average + (1 - momentum) · batch, of what the batch has alone, and leaves what it was given", () => {
    const graph = example();
    const weights = weightsOfGraph(graph);
    const other = new Map(weights.keys.map((key) => [key, [...weights.get(key).dataSync()]]));
    leavesNothing(() => {
      const statistics = new Map([["second", { mean: tf.tensor1d([1, 2, 3]), variance: tf.tensor1d([4, 5, 6]) }]]);
      updateMovingAverages(graph, weights, statistics);
      const { mean, variance } = statistics.get("second")!;
      deepEqual([...mean.dataSync(), ...variance.dataSync()], [1, 2, 3, 4, 5, 6]);
      tf.dispose([mean, variance]);
    });
    for (const key of weights.keys) {
      const values = [...weights.get(key).dataSync()];
      if (!key.startsWith("second/moving")) {
        deepEqual(values, other.get(key), key);
        continue;
      }
      // Twice, as what leaves nothing is done twice.
      const batch = key.endsWith("mean") ? [1, 2, 3] : [4, 5, 6];
      values.forEach((value, channel) => {
        const expected = 0.95 ** 2 * other.get(key)![channel]! + (1 - 0.95 ** 2) * batch[channel]!;
        ok(Math.abs(value - expected) < 1e-5, `${key}: ${value}, expected ${expected}`);
      });
    }
    equal(weights.keys.filter((key) => key.includes("moving")).length, 4);
    weights.dispose();
  });
});
