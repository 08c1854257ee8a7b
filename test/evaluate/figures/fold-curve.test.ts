import { deepEqual, ok } from "node:assert/strict";

import { decide, type Decided } from "../../../lib/evaluate/decide";
import { overFolds } from "../../../lib/evaluate/figures/fold-curve";
import { rocOnGrid } from "../../../lib/evaluate/figures/draw-roc";
import { makeSamples } from "../../../lib/evaluate/sample";
import { clusteredAreas } from "../../../lib/statistics/clustered-areas";
import { casesOf, examplePredictions } from "../example";

const { cases } = decide(examplePredictions({ patients: 150, folds: 3 }), { kind: "fixed", at: 0.5 });
const byPairs = overFolds(rocOnGrid, (malignant, benign) => malignant * benign);

function curveOf(own: readonly Decided[], weights?: readonly number[]): number[] {
  const { patients, samples } = makeSamples(own);
  const values = new Float64Array(101);
  byPairs(samples[0]!, Uint16Array.from(weights ?? patients.map(() => 1)), values);
  return [...values];
}

describe("overFolds(statistic, weightOf)", () => {
  it("has the area within folds under it, each fold by its pairs", () => {
    const curve = curveOf(cases);
    const area = curve.slice(1).reduce((sum, value, place) => sum + (value + curve[place]!) / 200, 0);
    const { areas } = clusteredAreas(
      {
        labels: cases.map(({ label }) => label),
        groups: cases.map(({ id }) => id),
        strata: cases.map(({ fold }) => fold),
      },
      [cases.map(({ probability }) => probability)],
    );
    ok(Math.abs(area - areas[0]!) < 0.012, `${area}, expected about ${areas[0]}`);
  });

  it("does not change where the network of one fold has another scale", () => {
    const moved = cases.map((one) =>
      one.fold === "fold 2" ? { ...one, probability: 0.9 + one.probability / 10 } : one,
    );
    deepEqual(curveOf(moved), curveOf(cases));
  });

  it("is the mean of the folds' own curves, and passes over those of one class, also where patients are drawn", () => {
    const fold = (name: string, labels: (0 | 1)[], probabilities: number[]) =>
      casesOf(labels, probabilities, labels.map((_, index) => `${name} ${index}`)).map((one) => ({ ...one, id: `${name} ${one.id}`, fold: name })); // prettier-ignore
    const [a, b] = [fold("a", [1, 0], [0.9, 0.1]), fold("b", [1, 0, 0], [0.2, 0.4, 0.1])];
    const c = fold("c", [1, 1], [0.3, 0.4]);
    const [ofA, ofB] = [curveOf(a), curveOf(b)];
    // Two pairs in b, one in a.
    const found = curveOf([...a, ...b, ...c]);
    found.forEach((value, place) => {
      ok(Math.abs(value - (ofA[place]! + 2 * ofB[place]!) / 3) < 1e-12);
    });
    // The benign patient of a is not drawn: a has one class, and b stands alone.
    deepEqual(curveOf([...a, ...b], [1, 0, 1, 1, 1]), ofB);
    ok(curveOf(c).every((value) => Number.isNaN(value)));
  });
});
