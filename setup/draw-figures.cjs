"use strict";

// `npm run figures:draw -- FOLDER [--svg | --pdf]`: draws every figure that lies as JSON in a folder `figures` below FOLDER as a picture
// beside it, as PNG, SVG or PDF, and every drawing of a network in a folder `architectures`, in a Chromium without a network. Pictures are
// for reading on the page of a repository, or for a paper; the numbers lie in the JSON.
const { readdirSync, readFileSync, writeFileSync } = require("node:fs");
const { basename, dirname, join } = require("node:path");

const { noBrowser, openBrowser } = require("./machine/open-browser.cjs");

/** CSS pixels; figures that say nothing of their width or height get this one. */
const size = { width: 900, height: 560 };

/**
 * @param {string} folder
 * @param {string} place The name of the folders that they lie in.
 * @param {string} ending
 * @returns {string[]} The files.
 */
function listFiles(folder, place, ending) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending) && basename(entry.parentPath) === place)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * @param {string} folder
 * @returns {string[]} The figures' files.
 */
function listFigures(folder) {
  return listFiles(folder, "figures", ".json");
}

/**
 * Writes a picture that is SVG as PNG or PDF of its own size.
 *
 * @param {import("playwright-core").Browser} browser
 * @param {string} svg
 * @param {string} picture The file.
 */
async function writePicture(browser, svg, picture) {
  const [, width, height] = /<svg [^>]*?width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  const [w, h] = [Math.ceil(Number(width)), Math.ceil(Number(height))];
  const context = await browser.newContext({ offline: true, viewport: { width: w, height: h }, deviceScaleFactor: 2 });
  const page = await context.newPage();
  await page.setContent(`<!doctype html><meta charset=utf-8><style>body{margin:0}svg{display:block}</style>${svg}`);
  if (picture.endsWith(".pdf")) await page.pdf({ path: picture, width: `${w}px`, height: `${h}px`, pageRanges: "1" });
  else await page.screenshot({ path: picture });
  await context.close();
}

/**
 * @param {string} folder
 * @param {(picture: string) => void} [tell] Is told of each picture.
 * @param {"png" | "svg" | "pdf"} [format] Default: "png".
 * @param {number} [zoom] Pixels of a PNG file for each CSS pixel; default: 1.5.
 * @returns {Promise<number>} The exit code.
 */
async function drawFigures(folder, tell = () => undefined, format = "png", zoom = 1.5) {
  const browser = await openBrowser();
  if (browser === null) {
    process.stderr.write(`${noBrowser()}\n`);
    return 1;
  }
  const sharp = require("sharp");
  try {
    const page = await (await browser.newContext({ offline: true })).newPage();
    await page.setContent("<!doctype html><meta charset=utf-8><div id=figure></div>");
    await page.addScriptTag({ path: require.resolve("plotly.js-dist/plotly.js") });
    for (const file of listFigures(folder)) {
      const figure = JSON.parse(readFileSync(file, "utf8"));
      const { meta, width = meta?.drawnWide ?? size.width, height = size.height } = figure.layout ?? {};
      const address = await page.evaluate(
        ([data, layout, w, h, kind, scale]) =>
          globalThis.Plotly.toImage({ data, layout }, { format: kind, width: w, height: h, scale }),
        [figure.data, figure.layout, width, height, format === "png" ? "png" : "svg", format === "pdf" ? 1 : zoom],
      );
      const picture = join(dirname(file), `${basename(file, ".json")}.${format}`);
      const drawn = address.slice(address.indexOf(",") + 1);
      if (format === "svg") writeFileSync(picture, decodeURIComponent(drawn));
      else if (format === "pdf") await writePicture(browser, decodeURIComponent(drawn), picture);
      else {
        const bytes = sharp(Buffer.from(drawn, "base64")).removeAlpha();
        // The same picture in half of the bytes.
        writeFileSync(picture, await bytes.png({ compressionLevel: 9, effort: 10 }).toBuffer());
      }
      tell(picture);
    }
    if (format === "svg") return 0;
    for (const file of listFiles(folder, "architectures", ".svg")) {
      const picture = file.replace(/svg$/, format);
      await writePicture(browser, readFileSync(file, "utf8"), picture);
      tell(picture);
    }
    return 0;
  } finally {
    await browser.close();
  }
}

if (require.main === module) {
  const given = process.argv.slice(2);
  const [folder, ...others] = given.filter((argument) => !["--svg", "--pdf"].includes(argument));
  if (folder === undefined || others.length > 0) {
    process.stderr.write("npm run figures:draw -- FOLDER [--svg | --pdf]\n");
    process.exitCode = 1;
  } else {
    const tell = (/** @type {string} */ picture) => process.stdout.write(`${picture}\n`);
    drawFigures(folder, tell, given.includes("--pdf") ? "pdf" : given.includes("--svg") ? "svg" : "png").then(
      (code) => {
        process.exitCode = code;
      },
    );
  }
}

module.exports = { listFigures, drawFigures };
