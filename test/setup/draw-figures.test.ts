import { deepEqual, equal } from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { drawnWide } from "../../lib/display/frame";
import { drawFigures, listFigures } from "../../setup/draw-figures.cjs";
import { findBrowser } from "../../setup/machine/find-browser.cjs";
import { skip } from "../helpers/skip";
import { temporaryFolder } from "../helpers/temporary";

describe("drawFigures(folder)", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const figure = { data: [{ type: "scatter", x: [0, 1], y: [0, 1] }], layout: { width: 300, height: 200 } };

  it("draws figures, and drawings of networks, as PDF files of one page in their size", async function () {
    if (findBrowser() === null) return skip(this, "no Chromium is installed: sudo apt install chromium");
    write("d", "figures", "roc.json");
    const drawing = write("d", "architectures", "found.svg");
    writeFileSync(
      drawing,
      '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100"><text y="50">a</text></svg>',
    );
    equal(await drawFigures(join(folder.path, "d"), () => undefined, "pdf"), 0);
    for (const [place, name, width] of [
      ["figures", "roc.pdf", 225],
      ["architectures", "found.pdf", 150],
    ] as const) {
      const text = readFileSync(join(folder.path, "d", place, name), "latin1");
      equal(text.match(/\/Type \/Page\b/g)!.length, 1);
      equal(Math.round(Number(/\/MediaBox \[0 0 ([\d.]+) /.exec(text)![1])), width);
    }
  });

  it("draws one that fills any page as wide as it says that a picture of it is best", async function () {
    if (findBrowser() === null) return skip(this, "no Chromium is installed: sudo apt install chromium");
    const file = write("c", "figures", "square.json");
    writeFileSync(file, JSON.stringify({ data: [], layout: { height: 200, ...drawnWide(320) } }));
    equal(await drawFigures(join(folder.path, "c")), 0);
    equal(readFileSync(file.replace(".json", ".png")).readUInt32BE(16), 480);
  });

  function write(...parts: string[]): string {
    const file = join(folder.path, ...parts);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, JSON.stringify(figure));
    return file;
  }

  it("finds the figures of all studies below, and nothing else", () => {
    const [first, second] = [write("a", "figures", "roc.json"), write("b", "figures", "cost.json")];
    write("a", "study.json");
    write("a", "figures", "roc.csv");
    deepEqual(listFigures(folder.path), [first, second]);
  });

  it("draws each beside its numbers, in the size that it says", async function () {
    if (findBrowser() === null) return skip(this, "no Chromium is installed: sudo apt install chromium");
    write("a", "figures", "roc.json");
    equal(await drawFigures(folder.path), 0);
    const picture = readFileSync(join(folder.path, "a", "figures", "roc.png"));
    equal(picture.toString("latin1", 1, 4), "PNG");
    // Half as large again, for screens with finer points.
    deepEqual([picture.readUInt32BE(16), picture.readUInt32BE(20)], [450, 300]);
    deepEqual(readdirSync(join(folder.path, "a", "figures")), ["roc.json", "roc.png"]);
  });
});
