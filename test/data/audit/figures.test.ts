import { deepEqual, equal, match, ok } from "node:assert/strict";

import { drawImageSizes, drawLesionSizes } from "../../../lib/data/audit/figures";
import { auditSet } from "../../../lib/data/audit/audit";
import { makePhantomSet } from "../../../lib/data/sets/phantom-set";
import { classStyles } from "../../../lib/display/colors";

describe("the figures of an audit", () => {
  const audited = auditSet(makePhantomSet({ count: 14, size: 32, seed: 2 }), { cacheFolder: null });

  it("draw each class in its colour, with units on the axes, and say that phantoms are synthetic", async () => {
    const audit = await audited;
    // Phantoms are all of one size.
    const inspections = audit.inspections.map((one, index) => ({ ...one, seen: { ...one.seen!, width: 30 + index } }));
    for (const draw of [drawLesionSizes, drawImageSizes]) {
      const { data, layout } = draw({ ...audit, inspections })!;
      deepEqual(
        data.map((trace) => (trace as { marker: { color: string } }).marker.color),
        [classStyles.benign.color, classStyles.malignant.color],
      );
      match((layout.title as { text: string }).text, /synthetic/);
      match((layout.xaxis!.title as { text: string }).text, /\((%|pixels)\)/);
    }
  });

  it("draw the share of the image that the box takes", async () => {
    const { data } = drawLesionSizes(await audited)!;
    const shares = (data as { x: number[] }[]).flatMap(({ x }) => x);
    equal(shares.length, 14);
    ok(shares.every((share) => share > 0 && share < 100));
  });

  it("are not there where there is nothing to draw, or all images have one size", async () => {
    const empty = { set: makePhantomSet({ count: 1, seed: 1 }), records: [], inspections: [] };
    equal(drawLesionSizes(empty), null);
    equal(drawImageSizes(empty), null);
    equal(drawImageSizes(await audited), null);
  });
});
