import { deepEqual, equal, ok } from "node:assert/strict";

import { startGraph } from "../../../lib/graph/builder";
import { withoutAuxiliary } from "../../../lib/graph/graph";
import { layers } from "../../../lib/graph/layer";
import { namedWeightsOf } from "../../../lib/graph/named-weights";
import { stockForward } from "../../../lib/networks/model/stock-forward";
import { toModel } from "../../../lib/networks/model/to-model";
import { copyWeights, weightsOfModel } from "../../../lib/networks/weights/model-weights";
import { withDistinctInputs } from "../../../lib/networks/model/distinct-inputs";
import { createRandom } from "../../../lib/runtime/random";
import { tf } from "../../../lib/runtime/tensorflow";
import { byStock, imagesOf, weightsOfGraph } from "../helpers";
import { difference } from "./example-graphs";
import { exampleGraph } from "../../release/example";

const size = { height: 6, width: 6, channels: 1 };

/** A network whose layer `sum` adds a value to itself, before another layer takes that value. */
function twice() {
  const builder = startGraph("Twice", size);
  const a = builder.add("a", layers.convolution({ size: 3, filters: 2 }), builder.input);
  const sum = builder.add("sum", layers.add(), a, a, a);
  const later = builder.add("later", layers.averagePool({ size: 3, stride: 1 }), a);
  const both = builder.add("both", layers.concatenate(), later, sum);
  const mean = builder.add("mean", layers.globalAveragePool(), both);
  return builder.finish(builder.add("logits", layers.dense({ units: 2 }), mean));
}

describe("withDistinctInputs(graph)", () => {
  it("makes networks of which stock TensorFlow.js makes models that predict, with equal logits", () => {
    for (const graph of [twice(), withoutAuxiliary(exampleGraph)]) {
      const repeats = graph.nodes.filter(({ inputs }) => new Set(inputs).size < inputs.length);
      ok(repeats.length > 0, "the example has a layer that takes a value twice");
      const distinct = withDistinctInputs(graph);
      ok(distinct.nodes.every(({ inputs }) => new Set(inputs).size === inputs.length));
      deepEqual(namedWeightsOf(distinct), namedWeightsOf(graph));
      const [bank, model] = [weightsOfGraph(graph), toModel(graph, { random: createRandom(1) })];
      copyWeights(bank, weightsOfModel(graph, model));
      const [height, width, channels] = graph.nodes[0]!.shape as [number, number, number];
      const x = imagesOf({ height, width, channels }, 2);
      byStock(() => {
        tf.tidy(() => {
          const expected = stockForward(graph, bank.of, x).output;
          ok(difference(model.predict(x) as tf.Tensor, expected) < 1e-5, graph.name);
        });
      });
      model.dispose();
      bank.dispose();
      x.dispose();
    }
  });

  it("leaves the order of the inputs, and a network without such a layer, as they are", () => {
    const { nodes } = withDistinctInputs(twice());
    deepEqual(
      nodes.slice(2, 5).map(({ name, inputs }) => [name, ...inputs]),
      [
        ["sum/again1", "a"],
        ["sum/again2", "a"],
        ["sum", "a", "sum/again1", "sum/again2"],
      ],
    );
    const once = withDistinctInputs(twice());
    equal(withDistinctInputs(once), once);
  });
});
