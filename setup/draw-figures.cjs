"use strict";

// `npm run figures:draw -- FOLDER [--svg]`: draws every figure that lies as JSON in a folder `figures` below FOLDER as a picture beside
// it, as PNG or SVG, in a Chromium without a network. Pictures are for reading on the page of a repository; the numbers lie in the JSON.
const { readdirSync, readFileSync, writeFileSync } = require("node:fs");
const { basename, dirname, join } = require("node:path");

const { findBrowser } = require("./machine/find-browser.cjs");

/** CSS pixels; figures that say nothing of their width or height get this one. */
const size = { width: 900, height: 560 };

/**
 * @param {string} folder
 * @returns {string[]} The figures' files.
 */
function listFigures(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json") && basename(entry.parentPath) === "figures")
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * @param {string} folder
 * @param {(picture: string) => void} [tell] Is told of each picture.
 * @param {"png" | "svg"} [format] Default: "png".
 * @returns {Promise<number>} The exit code.
 */
async function drawFigures(folder, tell = () => undefined, format = "png") {
  const executablePath = findBrowser();
  if (executablePath === null) {
    process.stderr.write("No Chromium is installed. Install one, for example with `sudo apt install chromium`.\n");
    return 1;
  }
  const { chromium } = require("playwright-core");
  const sharp = require("sharp");
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ executablePath, args: ["--disable-gpu", ...sandbox] });
  try {
    const page = await (await browser.newContext({ offline: true })).newPage();
    await page.setContent("<!doctype html><meta charset=utf-8><div id=figure></div>");
    await page.addScriptTag({ path: require.resolve("plotly.js-dist/plotly.js") });
    for (const file of listFigures(folder)) {
      const figure = JSON.parse(readFileSync(file, "utf8"));
      const { meta, width = meta?.drawnWide ?? size.width, height = size.height } = figure.layout ?? {};
      const address = await page.evaluate(
        ([data, layout, w, h, kind]) =>
          globalThis.Plotly.toImage({ data, layout }, { format: kind, width: w, height: h, scale: 1.5 }),
        [figure.data, figure.layout, width, height, format],
      );
      const picture = join(dirname(file), `${basename(file, ".json")}.${format}`);
      const drawn = address.slice(address.indexOf(",") + 1);
      if (format === "svg") writeFileSync(picture, decodeURIComponent(drawn));
      else {
        const bytes = sharp(Buffer.from(drawn, "base64")).removeAlpha();
        // The same picture in half of the bytes.
        writeFileSync(picture, await bytes.png({ compressionLevel: 9, effort: 10 }).toBuffer());
      }
      tell(picture);
    }
    return 0;
  } finally {
    await browser.close();
  }
}

if (require.main === module) {
  const given = process.argv.slice(2);
  const [folder, ...others] = given.filter((argument) => argument !== "--svg");
  if (folder === undefined || others.length > 0) {
    process.stderr.write("npm run figures:draw -- FOLDER [--svg]\n");
    process.exitCode = 1;
  } else {
    const tell = (/** @type {string} */ picture) => process.stdout.write(`${picture}\n`);
    drawFigures(folder, tell, given.includes("--svg") ? "svg" : "png").then((code) => {
      process.exitCode = code;
    });
  }
}

module.exports = { listFigures, drawFigures };
