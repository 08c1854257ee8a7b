import { costOf } from "../../../lib/graph/cost";
import { allNetworks } from "../../onnx/networks";
import { requireSameLogits } from "./same-logits";

describe("forwardOf(graph, weights) of large networks", function () {
  this.timeout(300_000);

  for (const { name, graph } of allNetworks().filter((one) => costOf(one.graph).trainable >= 3e6))
    it(`gives the logits that TensorFlow.js gives: ${name}`, () => {
      requireSameLogits(graph);
    });
});
