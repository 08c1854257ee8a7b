import { deepEqual, ok, throws } from "node:assert/strict";
import { join } from "node:path";

import { splitSet } from "../../../lib/data/sets/split-set";
import { loadDataSet } from "../../../lib/data/sets/load";
import { makePhantomSet } from "../../../lib/data/sets/phantom-set";
import { outlineShapeBaseline, outlineShapes } from "../../../lib/evaluate/baselines/outline-shape";
import { Problem } from "../../../lib/runtime/problem";
import { areaUnderCurve } from "../../../lib/statistics/area-under-curve";
import { rectangle, writePicture } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";

const set = makePhantomSet({ count: 80, size: 96, malignant: 0.5, difficulty: 0.1, seed: 2 });

describe("outlineShapeBaseline(split, images, shapes)", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  it("tells easy phantoms apart by their outlines alone, and nothing by outlines that are all the same", async () => {
    const loaded = await loadDataSet(set, { root: ".", cacheFolder: null });
    const split = splitSet(loaded, { folds: 2, validation: 0 });
    const areaOf = (shapes: Awaited<ReturnType<typeof outlineShapes>>) => {
      const { rows } = outlineShapeBaseline(split, loaded, shapes);
      return areaUnderCurve(
        rows.map(({ logit }) => logit!),
        rows.map(({ label }) => label),
      );
    };
    const own = areaOf(await outlineShapes(loaded.records));
    ok(own > 0.75, String(own));
    const path = writePicture(join(folder.path, "m.png"), rectangle(10, 10, 50, 40), { width: 96, height: 96 });
    const same = loaded.records.map((record) => ({ ...record, masks: [{ kind: "file" as const, path }] }));
    const none = areaOf(await outlineShapes(same));
    ok(Math.abs(none - 0.5) < 0.15, String(none));
  });

  it("names the image that has no outline", async () => {
    const loaded = await loadDataSet(set, { root: ".", cacheFolder: null });
    const [first, ...others] = loaded.records;
    const shapes = await outlineShapes([{ ...first!, masks: [] }, ...others]);
    deepEqual([shapes.has(first!.id), shapes.size], [false, others.length]);
    throws(
      () => outlineShapeBaseline(splitSet(loaded, { folds: 2 }), loaded, shapes),
      (error: Problem) => error instanceof Problem && error.what.includes(first!.id),
    );
  });
});
