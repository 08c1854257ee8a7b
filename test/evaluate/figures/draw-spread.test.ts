import { deepEqual, equal } from "node:assert/strict";

import { evaluatePredictions } from "../../../lib/evaluate/evaluation";
import { drawSpread } from "../../../lib/evaluate/figures/draw-spread";
import { examplePredictions } from "../example";

/** A trace, as far as it is looked at. */
interface Trace {
  readonly x: number[];
  readonly y: number[];
}

const set = examplePredictions({ seeds: [1, 2] });
const evaluation = evaluatePredictions(set, { replicates: 100 });

describe("drawSpread(evaluations, measure)", () => {
  it("has a point for each fold and seed, seeds on rows of their own, and a bar at the mean", () => {
    const [points, bar] = drawSpread([evaluation], "accuracy").data as Trace[];
    deepEqual(
      points!.x,
      evaluation.folds.map(({ measures }) => measures.accuracy.value),
    );
    equal(new Set(points!.y).size, 2);
    deepEqual(bar!.x, [evaluation.spread.accuracy.folds!.mean]);
  });

  it("says how many points are missing", () => {
    const rows = set.rows.filter(({ fold, label, part }) => fold !== "fold 1" || label === 0 || part === "validation");
    const figure = drawSpread([evaluatePredictions({ ...set, rows }, { replicates: 100 })]);
    deepEqual(figure.layout.yaxis!.ticktext, ["example<br>(2 not defined)"]);
    equal((figure.data as Trace[])[0]!.x.length, 2);
  });

  it("has no bar for a single fold", () => {
    const single = evaluatePredictions(examplePredictions({ folds: 1 }), { replicates: 100 });
    equal(drawSpread([single]).data.length, 1);
  });
});
