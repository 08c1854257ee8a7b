import { equal, ok, throws } from "node:assert/strict";

import { gradCam } from "../../../lib/explain/grad-cam";
import { startGraph } from "../../../lib/graph/builder";
import { buildHandCrafted, handCraftedNetworks } from "../../../lib/graph/hand-crafted/registry";
import { withoutAuxiliary, type Graph } from "../../../lib/graph/graph";
import { activationFunctions, layers } from "../../../lib/graph/layer";
import { forwardOf } from "../../../lib/release/page/forward";
import { mapByHead } from "../../../lib/release/page/map-by-head";
import { createRandom } from "../../../lib/runtime/random";
import { buildNetwork } from "../../../lib/space/build";
import { sampleArchitecture } from "../../../lib/space/sample";
import { macroSpace, microSpace, shapeSpace } from "../../helpers/spaces";
import { byStock, imagesOf, weightsOfGraph } from "../../networks/helpers";
import { calm, numbersOf } from "../../onnx/networks";

const size = { height: 33, width: 35, channels: 1 };

/** A head of every layer that a map can be taken through. */
function longHead(): Graph {
  const builder = startGraph("Long head", size);
  let x = builder.add("conv", layers.convolution({ size: 3, filters: 6, stride: 8 }), builder.input);
  const pooled = builder.add("pool", layers.averagePool({ size: 5, stride: 5 }), x);
  const flat = builder.add("flat", layers.flatten(), pooled);
  const most = builder.add("most", layers.globalMaxPool(), x);
  x = builder.add("sum", layers.add(), flat, most, flat);
  for (const name of activationFunctions) {
    x = builder.add(`${name}/dense`, layers.dense({ units: 12 }), x);
    x = builder.add(name, layers.activation(name), x);
  }
  x = builder.add("norm", layers.batchNormalisation(), builder.add("row-norm", layers.layerNormalisation(), x));
  return builder.finish(
    builder.add("classes", layers.dense({ units: 2 }), builder.add("drop", layers.dropout({ rate: 0.5 }), x)),
  );
}

describe("mapByHead(graph, weights)", function () {
  this.timeout(120_000);
  const found = [microSpace(2), macroSpace(4), shapeSpace()].map((space) =>
    buildNetwork(sampleArchitecture(space, createRandom(3)), size),
  );
  const square = { height: 64, width: 64, channels: 1 };
  const mapped = ["CNN3", "plain CNN", "ResNet-18", "SqueezeNet 1.1", "MobileNetV2"].map((name) =>
    buildHandCrafted(name, square),
  );
  for (const whole of [longHead(), ...found, ...mapped])
    it(`is the library's Grad-CAM of the log-odds: ${whole.name}`, () => {
      const graph = withoutAuxiliary(whole);
      const [height, width, channels] = graph.nodes[0]!.shape as [number, number, number];
      const [weights, images] = [weightsOfGraph(graph), imagesOf({ height, width, channels }, 1)];
      calm(graph, weights, images);
      const { values: expected } = byStock(() => gradCam(graph, weights.of, images, { target: 1, score: "log-odds" }));
      const numbers = numbersOf(weights);
      const map = mapByHead(graph, numbers)(forwardOf(graph, numbers)(images.dataSync<"float32">()));
      weights.dispose();
      images.dispose();
      equal(map.length, height * width);
      const largest = Math.max(...expected, 1e-3);
      const difference = Math.max(...map.map((value, place) => Math.abs(value - expected[place]!)));
      ok(difference < 1e-4 * largest, `${difference} of ${largest}`);
    });

  it("maps every network or says which layer is in the way", () => {
    for (const network of handCraftedNetworks) {
      const graph = withoutAuxiliary(network.build(square));
      mapByHead(graph, () => new Float32Array(0));
    }
    const builder = startGraph("Late", size);
    const pooled = builder.add(
      "pool",
      layers.maxPool({ size: 33, stride: 33, padding: "valid" }),
      builder.add("conv", layers.convolution({ size: 3, filters: 4 }), builder.input),
    );
    const late = builder.add("late", layers.convolution({ size: 1, filters: 2 }), pooled);
    const graph = builder.finish(builder.add("flat", layers.flatten(), late));
    throws(() => mapByHead(graph, () => new Float32Array(0)), /Late has a max pool in its head/);
  });
});
