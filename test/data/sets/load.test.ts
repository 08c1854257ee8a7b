import { deepEqual, equal, notEqual, rejects } from "node:assert/strict";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { loadDataSet, type LoadOptions } from "../../../lib/data/sets/load";
import { rectangle, texture, writePicture } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();
const place = (...parts: string[]) => join(folder.path, "Dataset_BUSI_with_GT", ...parts);
const load = (options: Partial<LoadOptions> = {}) =>
  loadDataSet("BUSI", { root: folder.path, cacheFolder: null, ...options });
const cut = (path: string) => {
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.subarray(0, bytes.length / 2));
};

/** Writes a set of three images of each class. */
function makeBusi() {
  for (const [offset, label] of ["benign", "malignant"].entries()) {
    for (const number of [1, 2, 3]) {
      writePicture(place(label, `${label} (${number}).png`), texture(10 * offset + number), { channels: 3 });
      writePicture(place(label, `${label} (${number})_mask.png`), rectangle(5, 5, 10, 8));
    }
  }
}

describe("loadDataSet(nameOrSet, options)", () => {
  it("gives records that can be trusted, and what was seen of them", async () => {
    makeBusi();
    const { records, inspections, leftOut, findings, folder: found, set } = await load();
    deepEqual([records.length, leftOut.length, findings.length, set.name], [6, 0, 0, "busi"]);
    deepEqual(
      records.map(({ id }) => id),
      inspections.map(({ id }) => id),
    );
    equal(found, place());
  });

  it("stops at an image that is cut off and names it, or leaves it out and counts it", async () => {
    makeBusi();
    cut(place("benign", "benign (2).png"));
    cut(place("malignant", "malignant (3)_mask.png"));
    await rejects(load(), /benign \(2\)\.png cannot be decoded.*There are 1 more.*leave-out/s);
    const { records, inspections, leftOut, findings } = await load({ onError: "leave-out" });
    deepEqual(
      leftOut.map(({ id }) => id),
      ["benign (2)", "malignant (3)"],
    );
    deepEqual(
      records.map(({ id }) => id),
      ["benign (1)", "benign (3)", "malignant (1)", "malignant (2)"],
    );
    equal(inspections.length, 4);
    equal(findings.filter(({ severity }) => severity === "error").length, 2);
  });

  it("stops at one picture in two classes, leaves it out, or keeps it, as it is told", async () => {
    makeBusi();
    // Stored differently, as in the original: the pixels are what counts.
    writePicture(place("malignant", "malignant (1).png"), texture(2), { channels: 4 });
    await rejects(
      load(),
      /benign \(2\) \(benign\) and malignant \(1\) \(malignant\) are the same picture with different labels/,
    );
    await rejects(load({ onError: "leave-out" }), /same picture/);
    const without = await load({ onContradiction: "leave-out" });
    deepEqual(
      without.leftOut.map(({ id }) => id),
      ["benign (2)", "malignant (1)"],
    );
    const kept = await load({ onContradiction: "keep" });
    deepEqual([kept.records.length, kept.leftOut.length, kept.findings.length], [6, 0, 1]);
  });

  it("has a hash that changes with a label, a name, a pixel or a mask, and not with the place", async () => {
    makeBusi();
    const hash = async () => (await load({ onContradiction: "keep" })).dataHash;
    const first = await hash();
    equal(await hash(), first);
    const seen = new Set([first]);
    writePicture(place("benign", "benign (1)_mask.png"), rectangle(5, 5, 10, 9));
    seen.add(await hash());
    writePicture(
      place("benign", "benign (1).png"),
      (column, row) => texture(1)(column, row) ^ (column === 3 && row === 3 ? 1 : 0),
      { channels: 3 },
    );
    seen.add(await hash());
    copyFileSync(place("benign", "benign (3).png"), place("benign", "benign (4).png"));
    seen.add(await hash());
    rmSync(place("benign", "benign (4).png"));
    copyFileSync(place("benign", "benign (3).png"), place("malignant", "benign (3).png"));
    rmSync(place("benign", "benign (3).png"));
    seen.add(await hash());
    equal(seen.size, 5);
  });

  it("keeps its hash when the set is moved", async () => {
    makeBusi();
    const { dataHash } = await load();
    const other = join(folder.path, "moved");
    for (const label of ["benign", "malignant"]) {
      mkdirSync(join(other, label), { recursive: true });
      for (const number of [1, 2, 3])
        for (const end of ["", "_mask"])
          copyFileSync(
            place(label, `${label} (${number})${end}.png`),
            join(other, label, `${label} (${number})${end}.png`),
          );
    }
    equal((await load({ root: other })).dataHash, dataHash);
  });

  it("refuses an empty folder, a set that is not there, and an option that is none", async () => {
    mkdirSync(place("benign"), { recursive: true });
    mkdirSync(place("malignant"));
    await rejects(loadDataSet("folder", { root: place(), cacheFolder: null }), /holds no images/);
    await rejects(load(), /was not found/);
    await rejects(load({ onerror: "stop" } as never), /has no option "onerror".*Did you mean "onError"\?/);
  });

  it("stops where all images are bad, even when told to leave them out", async () => {
    makeBusi();
    for (const label of ["benign", "malignant"])
      for (const number of [1, 2, 3]) cut(place(label, `${label} (${number}).png`));
    await rejects(load({ onError: "leave-out" }), /cannot be decoded/);
  });

  it("loads 16-bit and palette images, and names with brackets, spaces and letters of any language", async () => {
    for (const [label, name, depth] of [
      ["benign", "läsion [1] (a).png", 16],
      ["malignant", "病变 2.png", 8],
    ] as const) {
      writePicture(join(folder.path, "own ü", label, name), texture(depth), { depth });
    }
    const { records, inspections } = await loadDataSet("own ü", { root: folder.path, cacheFolder: null });
    deepEqual(
      records.map(({ id }) => id),
      ["benign/läsion [1] (a)", "malignant/病变 2"],
    );
    deepEqual(
      inspections.map(({ seen }) => seen!.bits),
      [16, 8],
    );
    notEqual(inspections[0]!.seen!.pixelHash, inspections[1]!.seen!.pixelHash);
  });
});
