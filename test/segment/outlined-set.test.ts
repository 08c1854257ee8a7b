import { deepEqual, equal, notDeepEqual, rejects } from "node:assert/strict";
import { join } from "node:path";

import { lesionBoxOf } from "../../lib/data/audit/shortcut-features";
import { prepare } from "../../lib/data/prepare/prepare";
import { preparations } from "../../lib/data/prepare/presets";
import { outlinedSet } from "../../lib/segment/outlined-set";
import { rectangle, writePicture } from "../helpers/pictures";
import { temporaryFolder } from "../helpers/temporary";
import { phantomSet, rowOf } from "./helpers";

describe("outlinedSet(loaded, outlines)", () => {
  const folder = temporaryFolder();

  it("puts found outlines in the place of the expert's, also where boxes are looked at, and keeps the set's hash", async () => {
    const loaded = await phantomSet();
    const rows = loaded.records.map(({ id }, index) => rowOf(id, index === 1 ? 0 : 0.8));
    const path = writePicture(join(folder.path, "mask.png"), rectangle(5, 7, 11, 13), { width: 64, height: 64 });
    const masks = new Map(loaded.records.filter((_, index) => index !== 1).map(({ id }) => [id, path]));
    const found = await outlinedSet(loaded, { rows, masks });
    equal(found.dataHash, loaded.dataHash);
    const boxes = found.records.map((record, index) => lesionBoxOf({ record, seen: found.inspections[index]!.seen! }));
    boxes.forEach((box, index) => {
      deepEqual(box, index === 1 ? null : { left: 5, top: 7, width: 11, height: 13 });
    });
    // The set itself stays as it is.
    equal(loaded.inspections.filter(({ seen }) => seen!.lesion === null).length, 0);
    await rejects(outlinedSet(loaded, { rows: rows.slice(1), masks }), /1 of 24 images were not outlined/);

    const [kept] = (await outlinedSet(loaded, { rows, masks }, "expert")).records;
    const settings = { ...preparations.squareContext, size: 32, channels: ["gray" as const, "mask" as const] };
    const [mixed, expert] = await Promise.all(
      [kept!, loaded.records[0]!].map((record) => prepare([record], settings, { cacheFolder: null })),
    );
    const plane = (of: 0 | 1, from: typeof mixed) => from!.pixels.filter((_, index) => index % 2 === of);
    deepEqual(plane(0, mixed), plane(0, expert), "the expert's box says what is seen");
    notDeepEqual(plane(1, mixed), plane(1, expert), "the mask is the found one");
  });
});
