import { equal, match, rejects } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import sharp from "sharp";

import { drawNetwork } from "../../../lib/graph/draw/network";
import { writeDrawing } from "../../../lib/graph/draw/write";
import { buildHandCrafted } from "../../../lib/graph/hand-crafted/registry";
import { findBrowser } from "../../../setup/machine/find-browser.cjs";
import { skip } from "../../helpers/skip";
import { temporaryFolder } from "../../helpers/temporary";

describe("writeDrawing(file, drawing)", () => {
  const folder = temporaryFolder();
  const drawing = () => drawNetwork(buildHandCrafted("plain CNN", { height: 32, width: 32, channels: 1 }));

  it("writes the SVG file as it is, and a PNG file with three pixels for each of its own on white", async () => {
    const drawn = await drawing();
    await writeDrawing(join(folder.path, "a.svg"), drawn);
    equal(readFileSync(join(folder.path, "a.svg"), "utf8"), drawn.svg);
    await writeDrawing(join(folder.path, "a.PNG"), drawn);
    const { width, channels } = await sharp(join(folder.path, "a.PNG")).metadata();
    equal(width, 3 * drawn.width);
    equal(channels, 3);
    const corner = await sharp(join(folder.path, "a.PNG"))
      .extract({ left: 0, top: 0, width: 1, height: 1 })
      .raw()
      .toBuffer();
    equal(corner[0], 255);
  });

  it("writes a PDF file of one page in the drawing's size, whose texts are texts", async function () {
    this.timeout(60_000);
    if (findBrowser() === null) return skip(this, "no Chromium is installed: sudo apt install chromium");
    const drawn = await drawing();
    await writeDrawing(join(folder.path, "a.pdf"), drawn);
    const text = readFileSync(join(folder.path, "a.pdf"), "latin1");
    match(text, /^%PDF-/);
    equal(text.match(/\/Type \/Page\b/g)!.length, 1);
    const [, width] = /\/MediaBox \[0 0 ([\d.]+) /.exec(text)!;
    // Paper is measured in 72ths of an inch, pixels of pages in 96ths.
    equal(Math.abs(Number(width) - 0.75 * drawn.width) < 1, true);
    match(text, /\/BaseFont/);
  });

  it("refuses a name that says nothing of the format", async () => {
    await rejects(
      writeDrawing(join(folder.path, "a.jpg"), await drawing()),
      /a\.jpg", expected a name that ends in \.svg, \.png or \.pdf/,
    );
  });
});
