import { deepEqual, equal, throws } from "node:assert/strict";

import { startGraph } from "../../lib/graph/builder";
import { nodeOf, withoutAuxiliary } from "../../lib/graph/graph";
import { layers } from "../../lib/graph/layer";

/** A network whose auxiliary head branches off after the first layer. */
function build() {
  const builder = startGraph("two heads", { height: 8, width: 8, channels: 1 });
  const shared = builder.add("shared", layers.convolution({ size: 3, filters: 4 }), builder.input);
  const side = builder.add("auxiliary/pool", layers.globalAveragePool(), shared);
  const auxiliary = builder.add("auxiliary/logits", layers.dense({ units: 2 }), side);
  const relu = builder.add("relu", layers.activation("relu"), shared);
  const sum = builder.add("sum", layers.add(), shared, relu);
  const pool = builder.add("head/pool", layers.globalAveragePool(), sum);
  return builder.finish(builder.add("head/logits", layers.dense({ units: 2 }), pool), auxiliary);
}

describe("nodeOf(graph, name)", () => {
  it("finds a node", () => {
    deepEqual(nodeOf(build(), "sum").inputs, ["shared", "relu"]);
  });

  it("throws for a name that is none, and names it and the network", () => {
    throws(() => nodeOf(build(), "summe"), /two heads has no node summe/);
  });
});

describe("withoutAuxiliary(graph)", () => {
  it("takes away what the auxiliary head alone needs, and keeps the order", () => {
    const graph = build();
    const without = withoutAuxiliary(graph);
    deepEqual(
      without.nodes.map(({ name }) => name),
      ["input", "shared", "relu", "sum", "head/pool", "head/logits"],
    );
    deepEqual([without.name, without.output, without.auxiliary], ["two heads", "head/logits", null]);
    equal(graph.nodes.length, 8, "the network itself stays as it is");
  });

  it("changes nothing in a network without one", () => {
    const without = withoutAuxiliary(build());
    deepEqual(withoutAuxiliary(without), without);
  });
});
