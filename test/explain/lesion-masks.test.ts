import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { join } from "node:path";

import { prepare } from "../../lib/data/prepare/prepare";
import type { ImageRecord } from "../../lib/data/records/record";
import { lesionMasks, maskOfShares } from "../../lib/explain/lesion-masks";
import { rectangle, texture, writePicture } from "../helpers/pictures";
import { temporaryFolder } from "../helpers/temporary";

describe("lesionMasks(records, prepared, options)", () => {
  const folder = temporaryFolder();
  const file = (name: string) => ({ kind: "file", path: join(folder.path, name) }) as const;
  const cacheFolder = null;

  function records(): ImageRecord[] {
    return ["a", "b", "c"].map((id, index) => {
      writePicture(file(`${id}.png`).path, texture(index + 1));
      const masks = id === "c" ? [] : [file(`${id} mask.png`)];
      for (const { path } of masks) writePicture(path, rectangle(5 + 9 * index, 6, 12, 8));
      const box = id === "c" ? { box: { left: 3, top: 4, width: 9, height: 5 } } : {};
      return { id, image: file(`${id}.png`), masks, label: index === 1 ? "malignant" : "benign", ...box };
    });
  }

  it("gives the mask plane of the same preparation, in the same crop", async () => {
    const all = records();
    const region = { kind: "box", margin: 3, unit: "pixels" } as const;
    const settings = { size: 16, region, padding: "edge" } as const;
    const reference = await prepare(all.slice(0, 2), { ...settings, channels: ["gray", "mask"] }, { cacheFolder });
    const prepared = await prepare(all.slice(0, 2), settings, { cacheFolder });
    const masks = await lesionMasks(all, prepared, { cacheFolder });
    deepEqual([...masks.keys()], ["a", "b"]);
    for (const [place, id] of ["a", "b"].entries()) {
      const own = Array.from({ length: 256 }, (_, pixel) => reference.pixels[(place * 256 + pixel) * 2 + 1]!);
      deepEqual([...masks.get(id)!], own);
      ok(own.some((share) => share === 1) && own.some((share) => share === 0));
    }
  });

  it("leaves out an image that has a box alone, and refuses images without a record", async () => {
    const all = records();
    const prepared = await prepare(all, { size: 16 }, { cacheFolder });
    deepEqual([...(await lesionMasks(all, prepared, { cacheFolder })).keys()], ["a", "b"]);
    await rejects(lesionMasks(all.slice(1), prepared, { cacheFolder }), {
      name: "Problem",
      message: /"a" is not among the 2 records/,
    });
    const last = await prepare(all.slice(2), { size: 16 }, { cacheFolder });
    await rejects(lesionMasks(all, last, { cacheFolder }), { name: "Problem", message: /none is left/ });
  });
});

describe("maskOfShares(shares, size)", () => {
  it("takes what is lesion by half at least", () => {
    const mask = maskOfShares(Float32Array.of(0, 0.49, 0.5, 1), 2);
    deepEqual([...mask.pixels], [0, 0, 1, 1]);
    equal(mask.width * mask.height, 4);
  });
});
