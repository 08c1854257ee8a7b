import { equal, ok } from "node:assert/strict";

import type { Graph } from "../../../lib/graph/graph";
import { stockForward } from "../../../lib/networks/model/stock-forward";
import { forwardOf } from "../../../lib/release/page/forward";
import { tf } from "../../../lib/runtime/tensorflow";
import { byStock, imagesOf, weightsOfGraph } from "../../networks/helpers";
import { numbersOf } from "../../onnx/networks";

/** Holds the logits of a network's plain loops against those of TensorFlow.js, with weights by chance. */
export function requireSameLogits(graph: Graph): void {
  const [height, width, channels] = graph.nodes[0]!.shape as [number, number, number];
  const [weights, images] = [weightsOfGraph(graph), imagesOf({ height, width, channels }, 1)];
  const expected = byStock(() => tf.tidy(() => stockForward(graph, weights.of, images).output.dataSync<"float32">()));
  const found = forwardOf(graph, numbersOf(weights))(images.dataSync<"float32">()).get(graph.output)!;
  weights.dispose();
  images.dispose();
  equal(found.length, expected.length);
  const largest = Math.max(...expected.map(Math.abs), 1);
  const difference = Math.max(...found.map((value, place) => Math.abs(value - expected[place]!)));
  ok(difference < 1e-5 * largest, `${difference} of ${largest}`);
}
