import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { lookAtOutputs, runAllCells, startLab } from "/work/main/test/helpers/jupyterlab";
import { findBrowser } from "/work/main/setup/machine/find-browser.cjs";
async function main() {
  const names = process.argv.slice(2);
  const folder = "/work/main/results/shots"; mkdirSync(folder, { recursive: true });
  const lab = await startLab(findBrowser()!, mkdtempSync(join(tmpdir(), "shots-")));
  try {
    for (const name of names) {
      copyFileSync(`/work/main/notebooks/${name}.ipynb`, `${folder}/${name}.ipynb`);
      const heights: Record<string, number> = { "07": 12000, "04": 9000, "08": 8000 };
      await lab.page.setViewportSize({ width: 1280, height: heights[name.slice(0, 2)] ?? 6500 });
      const t = Date.now();
      try { await runAllCells(lab, `results/shots/${name}.ipynb`, 200_000); } catch (e) { console.log(name, String(e).slice(0, 300)); }
      await lab.page.waitForTimeout(2500);
      await lab.page.screenshot({ path: `/tmp/shots/${name}.png` });
      const seen = await lookAtOutputs(lab);
      console.log(name, (Date.now() - t) / 1000, JSON.stringify({ ...seen, images: seen.images.length }, null, 1));
    }
  } finally { await lab.close(); }
}
void main();
