"use strict";

// `npm run notebooks:draw -- EXECUTED.ipynb TARGET.ipynb`: a copy of an executed notebook for others, whose figures are pictures too: the
// page of a repository, an editor that does not trust it, and whatever else runs no script, shows these. With `--in-place FILE…` instead,
// which `npm run study` does, executed notebooks get theirs where they are.
const { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { dirname, join } = require("node:path");

const { drawFigures } = require("./draw-figures.cjs");
const { openBrowser } = require("./machine/open-browser.cjs");
const { root } = require("./machine/places.cjs");

const plotly = "application/vnd.plotly.v1+json";

/** Width of a figure that has none of its own, in CSS pixels: JupyterLab on 1,024 pixels, with its list of files, has that. */
const usualWidth = 580;

/** JupyterLab shows a picture by its pixels, until the mouse is over it: one for each of the figure's. */
const pixelRatio = 1;

/**
 * @param {any[]} notebooks
 * @returns {any[]} All that stands below their cells, to be changed in place.
 */
const outputsOf = (notebooks) => notebooks.flatMap(({ cells }) => cells).flatMap((cell) => cell.outputs ?? []);

/** @param {any[]} notebooks */
const textsOf = (notebooks) => notebooks.map((notebook) => `${JSON.stringify(notebook, null, 1)}\n`);

/**
 * @param {string[]} texts Executed notebooks as they stand in their files.
 * @returns {Promise<{ texts: string[], pictures: number } | null>} The same, whose figures have a picture as PNG beside them, and how many
 *   these are; null where they could not be drawn.
 */
async function addPictures(texts) {
  const notebooks = texts.map((text) => JSON.parse(text));
  const shown = outputsOf(notebooks).filter((output) => output.data?.[plotly] !== undefined);
  const folder = mkdtempSync(join(tmpdir(), "sononas-notebook-"));
  try {
    mkdirSync(join(folder, "figures"));
    const fileOf = (/** @type {number} */ index, /** @type {string} */ ending) =>
      join(folder, "figures", `${String(index).padStart(4, "0")}.${ending}`);
    const widthOf = (/** @type {any} */ { layout }) => layout?.width ?? layout?.meta?.drawnWide ?? usualWidth;
    shown.forEach(({ data }, index) => {
      const { data: traces, layout } = data[plotly];
      const figure = { data: traces, layout: { ...layout, width: widthOf(data[plotly]) } };
      writeFileSync(fileOf(index, "json"), JSON.stringify(figure));
    });
    if (shown.length > 0 && (await drawFigures(folder, undefined, "png", pixelRatio)) !== 0) return null;
    shown.forEach((output, index) => {
      const width = widthOf(output.data[plotly]);
      output.data = { ...output.data, "image/png": readFileSync(fileOf(index, "png")).toString("base64") };
      output.metadata = { ...output.metadata, "image/png": { width } };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { texts: textsOf(notebooks), pictures: shown.length };
}

/**
 * Draws the pages of pictures in notebooks as one picture each, which stands in their place: drawings and grids of images, which are HTML
 * whose images are in their own addresses. Editors that do not trust a notebook show no HTML, and no picture where there is HTML beside it;
 * the pages of repositories show not all of it.
 *
 * @param {string[]} texts Notebooks as they stand in their files.
 * @returns {Promise<{ texts: string[], pictures: number } | null>} The same, and how many were drawn; null where there is no browser.
 */
async function drawPages(texts) {
  const notebooks = texts.map((text) => JSON.parse(text));
  const htmlOf = (/** @type {any} */ output) => [output.data?.["text/html"] ?? ""].flat().join("");
  const pages = outputsOf(notebooks)
    .filter((output) => /<img [^>]*src="data:/.test(htmlOf(output)))
    // What is read or opened stays.
    .filter((output) => !/<(?:table|details)\b/.test(htmlOf(output)));
  const browser = await openBrowser();
  if (browser === null) return null;
  try {
    const context = await browser.newContext({
      offline: true,
      viewport: { width: 960, height: 900 },
      deviceScaleFactor: 2,
    });
    const sheet = await context.newPage();
    for (const output of pages) {
      const style = "body{margin:0;font-family:sans-serif}main{display:inline-block;padding:4px}";
      await sheet.setContent(
        `<!doctype html><meta charset=utf-8><style>${style}</style><main>${htmlOf(output)}</main>`,
      );
      const place = sheet.locator("main");
      const { width } = (await place.boundingBox()) ?? { width: usualWidth };
      const picture = (await place.screenshot()).toString("base64");
      const { "text/html": _, ...words } = output.data;
      output.data = { ...words, "image/png": picture };
      output.metadata = { ...output.metadata, "image/png": { width: Math.ceil(width) } };
    }
  } finally {
    await browser.close();
  }
  return { texts: textsOf(notebooks), pictures: pages.length };
}

const notDrawn = "The figures could not be drawn.";

/**
 * @param {string} source The executed notebook.
 * @param {string} target The copy; what was there is replaced.
 * @returns {Promise<string | null>} Why it could not be made; null where it was.
 */
async function drawNotebook(source, target) {
  const text = readFileSync(source, "utf8");
  if (text.includes(root)) return `${source} names this machine's folder ${root}: such a notebook is not for others.`;
  const drawn = await addPictures([text]);
  if (drawn === null) return notDrawn;
  const flat = await drawPages(drawn.texts);
  if (flat === null) return notDrawn;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, flat.texts[0] ?? "");
  return null;
}

/**
 * @param {string[]} files Executed notebooks, which get pictures beside their figures and in place of their pages; all of them, or none.
 * @returns {Promise<number | null>} How many pictures these are; null where they could not be drawn.
 */
async function drawInPlace(files) {
  const drawn = await addPictures(files.map((file) => readFileSync(file, "utf8")));
  const whole = drawn === null ? null : await drawPages(drawn.texts);
  if (drawn === null || whole === null) return null;
  files.forEach((file, index) => {
    writeFileSync(`${file}.partial`, whole.texts[index] ?? "");
    renameSync(`${file}.partial`, file);
  });
  return drawn.pictures + whole.pictures;
}

/**
 * @param {string[]} given
 * @returns {Promise<{ code: number, told: string }>}
 */
async function main(given) {
  if (given[0] === "--in-place" && given.length > 1) {
    const pictures = await drawInPlace(given.slice(1));
    return pictures === null ? { code: 1, told: notDrawn } : { code: 0, told: `${pictures}` };
  }
  const [source, target, ...others] = given;
  if (source === undefined || source === "--in-place" || target === undefined || others.length > 0)
    return { code: 1, told: "npm run notebooks:draw -- EXECUTED.ipynb TARGET.ipynb, or --in-place EXECUTED.ipynb …" };
  const failure = await drawNotebook(source, target);
  return failure === null ? { code: 0, told: target } : { code: 1, told: failure };
}

if (require.main === module) {
  main(process.argv.slice(2)).then(({ code, told }) => {
    process.exitCode = code;
    (code === 0 ? process.stdout : process.stderr).write(`${told}\n`);
  });
}

module.exports = { drawInPlace, drawNotebook };
