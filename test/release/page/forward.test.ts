import { equal, ok } from "node:assert/strict";

import { stockForward } from "../../../lib/networks/model/stock-forward";
import { forwardOf } from "../../../lib/release/page/forward";
import { tf } from "../../../lib/runtime/tensorflow";
import { byStock, imagesOf, weightsOfGraph } from "../../networks/helpers";
import { allNetworks, numbersOf } from "../../onnx/networks";

describe("forwardOf(graph, weights)", function () {
  this.timeout(300_000);

  // At sizes of which no border is even.
  for (const { name, graph } of allNetworks().filter((one) => !one.name.includes("64×64")))
    it(`gives the logits that TensorFlow.js gives: ${name}`, () => {
      const [height, width, channels] = graph.nodes[0]!.shape as [number, number, number];
      const [weights, images] = [weightsOfGraph(graph), imagesOf({ height, width, channels }, 1)];
      const expected = byStock(() =>
        tf.tidy(() => stockForward(graph, weights.of, images).output.dataSync<"float32">()),
      );
      const found = forwardOf(graph, numbersOf(weights))(images.dataSync<"float32">()).get(graph.output)!;
      weights.dispose();
      images.dispose();
      equal(found.length, expected.length);
      const largest = Math.max(...expected.map(Math.abs), 1);
      const difference = Math.max(...found.map((value, place) => Math.abs(value - expected[place]!)));
      ok(difference < 1e-5 * largest, `${difference} of ${largest}`);
    });
});
