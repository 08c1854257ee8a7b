import { costOf } from "../../../lib/graph/cost";
import { allNetworks } from "../../onnx/networks";
import { requireSameLogits } from "./same-logits";

describe("forwardOf(graph, weights)", function () {
  this.timeout(60_000);
  const small = allNetworks().filter(({ graph }) => costOf(graph).trainable < 3e6);

  for (const { name, graph } of small)
    it(`gives the logits that TensorFlow.js gives: ${name}`, () => {
      requireSameLogits(graph);
    });
});
