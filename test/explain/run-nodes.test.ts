import { ok } from "node:assert/strict";

import { runNodes } from "../../lib/explain/run-nodes";
import { withoutAuxiliary } from "../../lib/graph/graph";
import { stockForward } from "../../lib/networks/model/stock-forward";
import { tf } from "../../lib/runtime/tensorflow";
import { difference, images, wholeGraph } from "../networks/model/example-graphs";
import { weightsOfGraph } from "../networks/helpers";

describe("runNodes(nodes, weights, values)", () => {
  it("gives the logits of stockForward, from the image and from any node in between", () => {
    const graph = withoutAuxiliary(wholeGraph(0.5));
    const bank = weightsOfGraph(graph);
    tf.tidy(() => {
      const x = images(2);
      const known = new Map<string, tf.Tensor>();
      const { output } = stockForward(graph, bank.of, x, { probe: (name, value) => known.set(name, value) });
      const values = new Map<string, tf.Tensor>([["input", x]]);
      runNodes(graph.nodes, bank.of, values);
      ok(difference(values.get(graph.output)!, output) < 1e-6);
      // What comes before is taken as it is given.
      const changed = new Map(known);
      const place = graph.nodes.findIndex(({ name }) => name === "gated");
      for (const { name } of graph.nodes.slice(place + 1)) changed.delete(name);
      runNodes(graph.nodes.slice(place + 1), bank.of, changed);
      ok(difference(changed.get(graph.output)!, output) < 1e-6);
      changed.delete(graph.output);
      changed.set("dropout", tf.mul(known.get("dropout")!, 2));
      runNodes(graph.nodes, bank.of, changed);
      // The last layer has no bias: twice the features give twice the logits.
      ok(difference(changed.get(graph.output)!, tf.mul(output, 2)) < 1e-5);
    });
    bank.dispose();
  });
});
