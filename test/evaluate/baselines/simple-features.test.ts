import { deepEqual, equal, ok } from "node:assert/strict";

import type { SeenImage } from "../../../lib/data/audit/shortcut-features";
import { boxGeometryBaseline } from "../../../lib/evaluate/baselines/box-geometry";
import { simpleFeaturesBaseline, simpleFeaturesOf } from "../../../lib/evaluate/baselines/simple-features";
import { evaluatePredictions } from "../../../lib/evaluate/evaluation";
import { phantoms } from "./phantoms";

/** An image of 320 × 320 pixels whose thumbnail has the given gray level at each of its 32 × 32 pixels. */
async function imageOf(box: SeenImage["record"]["box"], level: (x: number, y: number) => number): Promise<SeenImage> {
  const { images } = await phantoms();
  const levels = Uint8Array.from({ length: 1024 }, (_, index) => level(index % 32, Math.floor(index / 32)));
  const thumbnail = Buffer.from(levels).toString("base64");
  const seen = { ...images.inspections[0]!.seen!, width: 320, height: 320, thumbnail, lesion: null };
  const { box: _, ...record } = images.records[0]!;
  return { record: box === undefined ? record : { ...record, box }, seen };
}

const box = { left: 80, top: 80, width: 80, height: 40 };
const inBox = (x: number, y: number) => x >= 8 && x < 16 && y >= 8 && y < 12;

describe("simpleFeaturesOf(image)", () => {
  it("sees a lesion darker than its surroundings, with a shadow below it", async () => {
    const below = (x: number, y: number) => x >= 8 && x < 16 && y >= 12 && y < 15;
    const image = await imageOf(box, (x, y) => (inBox(x, y) ? 20 : below(x, y) ? 60 : 100));
    const [, , , , , , lesion, spread, contrast, shadow, ...coarse] = simpleFeaturesOf(image)!;
    equal(lesion, 20);
    equal(spread, 0);
    // 14 × 10 pixels less the box's 32 are around it; 24 of these are shadow.
    const around = (24 * 60 + (140 - 32 - 24) * 100) / (140 - 32);
    ok(Math.abs(contrast! - (20 - around)) < 1e-9);
    ok(Math.abs(shadow! - (60 - around)) < 1e-9);
    equal(coarse.length, 16);
    ok(Math.abs(coarse.reduce((sum, value) => sum + value, 0)) < 1e-9);
  });

  it("is all zero but for box and brightness where all is one gray", async () => {
    const features = simpleFeaturesOf(await imageOf(box, () => 90))!;
    equal(features.length, 26);
    deepEqual(features.slice(4, 7), [90, 0, 90]);
    ok(features.slice(7).every((value) => value === 0));
  });

  it("copes with a lesion of one pixel in the lowest corner, and gives none without a box", async () => {
    const corner = { left: 319, top: 319, width: 1, height: 1 };
    ok(simpleFeaturesOf(await imageOf(corner, (x, y) => x + y))!.every((value) => Number.isFinite(value)));
    equal(simpleFeaturesOf(await imageOf(undefined, () => 90)), null);
  });
});

describe("simpleFeaturesBaseline(split, images)", () => {
  it("is no worse than the box alone where gray levels tell something", async () => {
    const { split, images } = await phantoms();
    const area = (set: ReturnType<typeof boxGeometryBaseline>) =>
      evaluatePredictions(set, { replicates: 100 }).pooled.measures.areaUnderCurve.value!;
    const [simple, geometry] = [simpleFeaturesBaseline(split, images), boxGeometryBaseline(split, images)];
    ok(area(simple) > area(geometry), `${area(simple)}, ${area(geometry)}`);
    equal(simple.rows.length, geometry.rows.length);
  });
});
