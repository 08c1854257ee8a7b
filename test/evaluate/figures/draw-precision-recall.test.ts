import { deepEqual, equal, match, ok } from "node:assert/strict";

import { evaluatePredictions } from "../../../lib/evaluate/evaluation";
import { drawPrecisionRecall, precisionOnGrid } from "../../../lib/evaluate/figures/draw-precision-recall";
import { makeSamples } from "../../../lib/evaluate/sample";
import { plainText } from "../../helpers/plain-text";
import { casesOf, examplePredictions } from "../example";

/** A trace, as far as it is looked at. */
interface Trace {
  readonly x: number[];
  readonly y: number[];
  readonly name?: string;
}

const evaluation = evaluatePredictions(examplePredictions(), { replicates: 100 });

describe("drawPrecisionRecall(evaluations)", () => {
  it("draws the mean over folds by their malignant images, with about the average precision within folds under it", () => {
    const figure = drawPrecisionRecall([evaluation]);
    match(plainText(figure.layout.title), /curves: means over folds by their malignant images/);
    const curve = (figure.data as Trace[]).find(({ name }) => name !== undefined)!;
    equal(curve.x.length, 99);
    const mean = curve.y.reduce((sum, value) => sum + value / 99, 0);
    ok(Math.abs(mean - evaluation.pooled.measures.averagePrecision.value!) < 0.02);
  });

  it("draws steps that have the average precision under them", () => {
    const single = evaluatePredictions(examplePredictions({ folds: 1 }), { replicates: 100 });
    const curve = (drawPrecisionRecall([single]).data as Trace[]).find(({ name }) => name !== undefined)!;
    const area = curve.x
      .slice(1)
      .reduce((sum, right, index) => sum + (right - curve.x[index]!) * curve.y[index + 1]!, 0);
    ok(Math.abs(area - single.pooled.measures.averagePrecision.value!) < 1e-12);
    match(curve.name!, /^example: average precision 0\.\d{3} \(95 % CI/);
  });

  it("shows what a model that tells nothing reaches", () => {
    const [chance] = drawPrecisionRecall([evaluation]).data as Trace[];
    deepEqual(chance!.y, [1 / 3, 1 / 3]);
  });
});

describe("precisionOnGrid(sample, weights, values)", () => {
  it("gives the precision where a recall is first reached", () => {
    const values = new Float64Array(99);
    const { samples } = makeSamples(casesOf([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]));
    precisionOnGrid(samples[0]!, new Uint16Array(4).fill(1), values);
    // Recall 0.02, 0.5, 0.51 and 1.
    deepEqual([values[0], values[48], values[49], values[98]], [1, 1, 2 / 3, 2 / 3]);
    precisionOnGrid(samples[0]!, Uint16Array.from([0, 2, 1, 0]), values);
    equal(values[98], 1 / 3);
    precisionOnGrid(samples[0]!, Uint16Array.from([1, 0, 1, 0]), values);
    ok(values.every((value) => Number.isNaN(value)));
  });
});
