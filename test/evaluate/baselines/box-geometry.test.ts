import { ok, throws } from "node:assert/strict";

import { measureShortcuts } from "../../../lib/data/audit/shortcuts";
import { boxGeometryBaseline } from "../../../lib/evaluate/baselines/box-geometry";
import { evaluatePredictions } from "../../../lib/evaluate/evaluation";
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
});
