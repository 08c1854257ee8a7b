import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { copyFileSync } from "node:fs";
import { join } from "node:path";

import { openScans, readScan, readScanMask, scanPixelSize } from "../../../lib/data/records/scan-image";
import { boxOfMask } from "../../../lib/pictures/mask";
import { formBMode } from "../../../lib/pictures/radio-frequency";
import { temporaryFolder } from "../../helpers/temporary";

/** Three lesions of 400 samples and 64 lines, written by SciPy: see make_scans.py. */
const path = join(__dirname, "fixtures", "scans.mat");
const source = (lesion: number, field: string) => ({ kind: "scan" as const, path, lesion, field });
const folder = temporaryFolder();

describe("readScan(source)", () => {
  it("makes pixels as high as they are wide", async () => {
    // 64 lines over 38 mm; 400 samples at 40 MHz and 1540 m/s are 7.7 mm deep.
    const { width, height } = await readScan(source(0, "rf1"));
    deepEqual([width, height], [64, Math.round(7.7 / (38 / 64))]);
    equal(scanPixelSize(64), 0.59375);
  });

  it("reads the echoes as MATLAB stores them, column by column: the levels are those that SciPy gives", async () => {
    const value = (await openScans(path)).read(0, "rf1");
    ok(value.kind === "numbers");
    const { pixels } = formBMode({ samples: 400, lines: 64, echoes: value.data as Int16Array });
    const recorded = [0.98102, 0.99763, 0.84117, 0.73952, 0.83228];
    [0, 1, 60, 398, 399].forEach((row, index) => {
      ok(Math.abs(pixels[row * 64 + 3]! - recorded[index]!) < 2e-5, String(pixels[row * 64 + 3]));
    });
  });
});

describe("readScanMask(source)", () => {
  it("has the size of the picture, and the region where it is", async () => {
    const mask = await readScanMask(source(0, "roi1"));
    equal(mask.height, 13);
    // Samples 100 to 299 of 400 are a quarter to three quarters of 13 rows.
    deepEqual(boxOfMask(mask), { left: 16, top: 3, width: 32, height: 7 });
  });
});

describe("openScans(path)", () => {
  it("gives the lesions, and reads a file once", async () => {
    const lesions = await openScans(path);
    deepEqual([lesions.count, lesions.fields], [3, ["id", "rf1", "rf2", "roi1", "roi2", "birads", "class"]]);
    equal(await openScans(path), lesions);
  });

  it("refuses a file, a lesion and a field that are not there", async () => {
    await rejects(openScans(join(folder.path, "none.mat")), /none\.mat is missing/);
    await rejects(readScan(source(3, "rf1")), /lesion 4, rf1: there are 3 lesions/);
    await rejects(readScan(source(0, "rf9")), /rf9/);
    await rejects(readScan(source(0, "id")), /is text of 1 × 4, expected samples × lines/);
    copyFileSync(join(__dirname, "fixtures", "make_scans.py"), join(folder.path, "x.mat"));
    await rejects(openScans(join(folder.path, "x.mat")), /is not a MATLAB file/);
  });
});
