import { deepEqual, ok } from "node:assert/strict";

import { buildUNet } from "../../lib/graph/u-net";
import { planNetwork } from "../../lib/networks/run/plan";
import { tf } from "../../lib/runtime/tensorflow";
import { logitsOfImages } from "../../lib/segment/logits";
import { imagesOf, leavesNothing, near, stockValues, weightsOfGraph } from "../networks/helpers";

const size = { height: 8, width: 12, channels: 1 };
const graph = buildUNet(size, { channels: 4, stages: 3 });

describe("logitsOfImages(plan, weights, images, flips)", () => {
  it("gives a logit of each pixel, as TensorFlow.js's own operations do", () => {
    const [weights, x] = [weightsOfGraph(graph), imagesOf(size, 2)];
    const logits = logitsOfImages(planNetwork(graph), weights.of, x, false);
    deepEqual(logits.shape, [2, 8, 12, 1]);
    near(logits.dataSync<"float32">(), stockValues(graph, weights, x, false).output, 1e-5, "logits");
    tf.dispose([logits, x]);
    weights.dispose();
  });

  it("averages over an image and its mirror image, mirrored back, so that a mirrored image gives the mirrored result", () => {
    const [weights, x] = [weightsOfGraph(graph), imagesOf(size, 1)];
    const plan = planNetwork(graph);
    tf.tidy(() => {
      const both = logitsOfImages(plan, weights.of, x, true);
      const mirrored = tf.reverse(logitsOfImages(plan, weights.of, tf.reverse(x, 2), true), 2);
      near(mirrored.dataSync<"float32">(), both.dataSync<"float32">(), 1e-6, "mirrored");
      const one = logitsOfImages(plan, weights.of, x, false).dataSync();
      ok(both.dataSync<"float32">().some((value, place) => Math.abs(value - one[place]!) > 1e-3));
    });
    leavesNothing(() => {
      logitsOfImages(plan, weights.of, x, true).dispose();
    });
    x.dispose();
    weights.dispose();
  });
});
