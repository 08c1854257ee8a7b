import { deepEqual, equal, throws } from "node:assert/strict";

import { namedWeightsOf } from "../../../lib/graph/named-weights";
import { withoutAuxiliary } from "../../../lib/graph/graph";
import { fromBase64, packWeights, toBase64, unpackWeights } from "../../../lib/release/page/packed-weights";
import { weightsOfGraph } from "../../networks/helpers";
import { numbersOf } from "../../onnx/networks";
import { exampleGraph } from "../example";

describe("packWeights(graph, weights) and unpackWeights(graph, packed)", () => {
  const graph = withoutAuxiliary(exampleGraph);

  it("give every weight back to the bit", () => {
    const bank = weightsOfGraph(graph);
    const packed = packWeights(graph, numbersOf(bank));
    const weights = unpackWeights(graph, packed);
    for (const { key } of namedWeightsOf(graph)) {
      const slash = key.lastIndexOf("/");
      deepEqual(weights(key.slice(0, slash), key.slice(slash + 1)), Float32Array.from(bank.get(key).dataSync()), key);
    }
    bank.dispose();
    for (const damaged of [packed.slice(4), packed.slice(0, -8), `AAAA${packed}`, "", "no base 64!"])
      throws(() => unpackWeights(graph, damaged), /damaged/);
  });
});

describe("toBase64(bytes) and fromBase64(text)", () => {
  it("write what Node writes, of many bytes too", () => {
    for (const length of [0, 1, 2, 3, 8190, 8191, 100_001]) {
      const bytes = Uint8Array.from({ length }, (_, place) => (place * 31) % 256);
      equal(toBase64(bytes), Buffer.from(bytes).toString("base64"));
      deepEqual(fromBase64(toBase64(bytes)), bytes);
    }
  });
});
