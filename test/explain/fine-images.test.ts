import { deepEqual, equal, ok, rejects } from "node:assert/strict";

import { prepare } from "../../lib/data/prepare/prepare";
import { makePhantomSet } from "../../lib/data/sets/phantom-set";
import { fineImages } from "../../lib/explain/fine-images";
import { resize } from "../../lib/pictures/resize";

describe("fineImages(records, prepared, ids, size)", () => {
  const made = (async () => {
    const { records } = await makePhantomSet({ count: 6, size: 128, malignant: 0.5, difficulty: 0.2, seed: 3 }).list(
      "",
    );
    return { records, prepared: await prepare(records, { size: 16 }, { cacheFolder: null }) };
  })();

  it("shows the same part as the network sees, finer, in the order of the names, with the lesion", async () => {
    const { records, prepared } = await made;
    const ids = [prepared.ids[4]!, prepared.ids[1]!];
    const fine = await fineImages(records, prepared, ids, 64);
    deepEqual(
      fine.map(({ id, size }) => [id, size]),
      ids.map((id) => [id, 64]),
    );
    const coarse = resize({ width: 64, height: 64, pixels: fine[0]!.pixels }, 16, 16, { filter: "box" }).pixels;
    const seen = prepared.pixels.subarray(4 * 256, 5 * 256);
    const apart = coarse.reduce((sum, value, pixel) => sum + Math.abs(value - seen[pixel]!), 0) / 256;
    ok(apart < 0.05, String(apart));
    ok(fine.every(({ lesion }) => lesion!.pixels.includes(1) && lesion!.pixels.includes(0)));
  });

  it("is as fine as a page has room for, and gives none for none", async () => {
    const { records, prepared } = await made;
    equal((await fineImages(records, prepared, [prepared.ids[0]!]))[0]!.size, 256);
    deepEqual(await fineImages(records, prepared, []), []);
  });

  it("refuses an image without a record", async () => {
    const { records, prepared } = await made;
    await rejects(fineImages(records, prepared, ["gone"]), {
      name: "Problem",
      message: /"gone" is not among the 6 records/,
    });
  });
});
