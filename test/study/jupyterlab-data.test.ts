import { deepEqual, equal, ok } from "node:assert/strict";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

import { notebooksRoot, projectRoot, resultsRoot } from "../../lib/runtime/environment";
import { findBrowser } from "../../setup/machine/find-browser.cjs";
import { lookAtOutputs, runAllCells, startLab, type Lab } from "../helpers/jupyterlab";
import { skip } from "../helpers/skip";

describe("the second notebook in JupyterLab", function () {
  this.timeout(300_000);
  const notebook = "01_explore_the_data";
  let lab: Lab;
  let home: string;
  let folder: string;

  before(async function () {
    const browser = findBrowser();
    if (browser === null) return skip(this, "no Chromium is installed: sudo apt install chromium");
    home = mkdtempSync(join(tmpdir(), "sononas-lab-"));
    mkdirSync(resultsRoot, { recursive: true });
    folder = mkdtempSync(join(resultsRoot, "browser-"));
    copyFileSync(join(notebooksRoot, `${notebook}.ipynb`), join(folder, `${notebook}.ipynb`));
    lab = await startLab(browser, home);
    await lab.page.setViewportSize({ width: 1280, height: 9000 });
    try {
      await runAllCells(lab, relative(projectRoot, join(folder, `${notebook}.ipynb`)), 120_000);
      await lab.page.waitForSelector(".js-plotly-plot .main-svg .trace", { timeout: 20_000 });
    } finally {
      await lab.page.screenshot({ path: join(resultsRoot, `${notebook}.png`) });
    }
  });

  after(async () => {
    await (lab as Lab | undefined)?.close();
    for (const place of [home, folder] as (string | undefined)[])
      if (place !== undefined) rmSync(place, { recursive: true, force: true });
  });

  it("shows the audit of the phantoms, says that they are synthetic, and fits the page", async () => {
    const seen = await lookAtOutputs(lab);
    deepEqual(seen.errors, []);
    deepEqual(seen.overflowing, []);
    equal(seen.figures, 1, "the lesions' sizes; phantoms are all of one size");
    ok(seen.tables >= 11, `${seen.tables} tables`);
    // Ten in the montage, six in three planes, three with their variants twice, and pairs that look alike, if there are any.
    ok(seen.images.length >= 10 + 18 + 42, `${seen.images.length} images`);
    ok(seen.images.every(({ drawn }) => drawn));
    ok(seen.images.slice(0, 10).every(({ caption }) => caption.includes("synthetic")));
    ok(seen.bars.length >= 2 && seen.bars.every((value) => value === "100.0"), seen.bars.join());
  });

  it("is drawn with no other machine's help", () => {
    deepEqual([...new Set(lab.strangers)], []);
  });
});
