import { deepEqual, equal, throws } from "node:assert/strict";

import { comparisonRows, type ComparedModel } from "../../lib/compare/comparison-rows";
import { evaluatePredictions } from "../../lib/evaluate/evaluation";
import { examplePredictions } from "./example";

const latency = (batch: number, medianMs: number) => ({ batch, medianMs, lowMs: 1, highMs: 9, warmUp: 3, repeats: 30 });
const cost = { parameters: 10, multiplyAdds: 20, fileBytes: 40, latency: [latency(32, 60), latency(1, 4)] };
const evaluation = evaluatePredictions(examplePredictions("a", { images: 60 }), { replicates: 100 });
const model: ComparedModel = {
  evaluation,
  kind: "found",
  input: { height: 64, width: 48, channels: 3 },
  cost,
  trainSeconds: 12,
};

describe("comparisonRows(models)", () => {
  it("takes the pooled measures, the cost, and the time of one image", () => {
    const [row] = comparisonRows([model]);
    const { accuracy, areaUnderCurve, f1 } = evaluation.pooled.measures;
    deepEqual(
      [row!.accuracy, row!.accuracyLow, row!.accuracyHigh, row!.areaUnderCurve, row!.areaLow, row!.f1],
      [accuracy.value, accuracy.low, accuracy.high, areaUnderCurve.value, areaUnderCurve.low, f1.value],
    );
    deepEqual(
      [row!.input, row!.parameters, row!.multiplyAdds, row!.latencyMs, row!.trainSeconds],
      ["64x48x3", 10, 20, 4, 12],
    );
  });

  it("leaves out what does not apply", () => {
    const [row] = comparisonRows([{ ...model, kind: "trivial", input: null, cost: null, trainSeconds: null }]);
    deepEqual([row!.input, row!.parameters, row!.latencyMs, row!.trainSeconds], [null, null, null, null]);
    equal(comparisonRows([{ ...model, cost: { ...cost, latency: [latency(32, 60)] } }])[0]!.latencyMs, null);
  });

  it("refuses two of one name, an unknown kind, and different images", () => {
    throws(() => comparisonRows([model, model]), /Two of the models are called "a"/);
    throws(() => comparisonRows([{ ...model, kind: "tuned" as "found" }]), /kind of a is "tuned".*"hand-crafted"/);
    const other = evaluatePredictions(examplePredictions("b", { images: 30 }), { replicates: 100 });
    throws(() => comparisonRows([model, { ...model, evaluation: other }]), /a was evaluated on 60 images.* b on 30/);
  });
});
