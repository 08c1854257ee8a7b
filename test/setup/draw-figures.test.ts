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
