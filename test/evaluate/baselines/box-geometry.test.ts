import { deepEqual, ok, throws } from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { measureShortcuts } from "../../../lib/data/audit/shortcuts";
import { loadDataSet } from "../../../lib/data/sets/load";
import { splitSet } from "../../../lib/data/sets/split-set";
import { boxGeometryBaseline } from "../../../lib/evaluate/baselines/box-geometry";
import { evaluatePredictions } from "../../../lib/evaluate/evaluation";
import { projectRoot } from "../../../lib/runtime/environment";
import { skip } from "../../helpers/skip";
import { phantoms } from "./phantoms";

describe("boxGeometryBaseline(split, images)", () => {
  it("gives on phantoms what the audit measures of the same shortcut", async () => {
    const { split, images } = await phantoms();
    const { spread } = evaluatePredictions(boxGeometryBaseline(split, images), { replicates: 100 });
    const folds = new Map(split.folds.flatMap(({ test }, fold) => test.map((id) => [id, fold] as const)));
    const [shortcut] = measureShortcuts(images.records, images.inspections, folds);
    ok(Math.abs(spread.areaUnderCurve.folds!.mean - shortcut!.auc!.mean) < 1e-9);
    ok(Math.abs(spread.accuracy.folds!.mean - shortcut!.accuracy.mean) < 1e-9);
    ok(shortcut!.auc!.mean > 0.6);
  });

  it("refuses an image without box and mask", async () => {
    const { split, images } = await phantoms();
    const inspections = images.inspections.map((one, index) =>
      index === 7 ? { ...one, seen: { ...one.seen!, lesion: null } } : one,
    );
    throws(() => boxGeometryBaseline(split, { ...images, inspections }), /has neither a stated box nor a mask/);
  });

  it("gives on BUS-BRA what scikit-learn gives: accuracy .8039 ± .0247, AUC .8561 ± .0399", async function () {
    const root = join(projectRoot, "..", "shared", "data");
    if (!existsSync(join(root, "bus-bra"))) skip(this, "BUS-BRA is not beside the project");
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
