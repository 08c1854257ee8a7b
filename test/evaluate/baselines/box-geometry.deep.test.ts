import { deepEqual } from "node:assert/strict";

import { loadDataSet } from "../../../lib/data/sets/load";
import { splitSet } from "../../../lib/data/sets/split-set";
import { boxGeometryBaseline } from "../../../lib/evaluate/baselines/box-geometry";
import { evaluatePredictions } from "../../../lib/evaluate/evaluation";
import { rootWith } from "../../helpers/shared-data";

describe("boxGeometryBaseline(split, images)", () => {
  it("gives on BUS-BRA what scikit-learn gives: accuracy .8039 ± .0247, AUC .8561 ± .0399", async function () {
    const root = rootWith(this, "bus-bra");
    this.timeout(180_000);
    const loaded = await loadDataSet("bus-bra", { root });
    const set = boxGeometryBaseline(splitSet(loaded), loaded);
    const { spread, pooled } = evaluatePredictions(set, {
      replicates: 100,
      expected: loaded.records.map(({ id }) => id),
    });
    const written = ({ mean, deviation }: { mean: number; deviation: number }) => [
      mean.toFixed(4),
      deviation.toFixed(4),
    ];
    deepEqual(written(spread.accuracy.folds!), ["0.8039", "0.0247"]);
    deepEqual(written(spread.areaUnderCurve.folds!), ["0.8561", "0.0399"]);
    deepEqual([pooled.cases, pooled.malignant, pooled.patients], [1875, 607, 1064]);
  });
});
