"use strict";

// `npm run notebooks:draw -- EXECUTED.ipynb TARGET.ipynb`: a copy of an executed notebook for the page of a repository, which runs no
// script: its figures are pictures.
const { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { dirname, join } = require("node:path");

const { drawFigures } = require("./draw-figures.cjs");
const { root } = require("./machine/places.cjs");

const plotly = "application/vnd.plotly.v1+json";

/** Width of a figure that has none of its own, in CSS pixels: that of a notebook on such a page. */
const usualWidth = 760;

/**
 * @param {string} source The executed notebook.
 * @param {string} target The copy; what was there is replaced.
 * @returns {Promise<string | null>} Why it could not be made; null where it was.
 */
async function drawNotebook(source, target) {
  const text = readFileSync(source, "utf8");
  if (text.includes(root)) return `${source} names this machine's folder ${root}: such a notebook is not for others.`;
  const notebook = JSON.parse(text);
  const shown = notebook.cells
    .flatMap((/** @type {any} */ cell) => cell.outputs ?? [])
    .filter((/** @type {any} */ output) => output.data?.[plotly] !== undefined);
  const folder = mkdtempSync(join(tmpdir(), "sononas-notebook-"));
  try {
    mkdirSync(join(folder, "figures"));
    const fileOf = (/** @type {number} */ index, /** @type {string} */ ending) =>
      join(folder, "figures", `${String(index).padStart(3, "0")}.${ending}`);
    shown.forEach((/** @type {any} */ { data }, /** @type {number} */ index) => {
      const { data: traces, layout } = data[plotly];
      const figure = { data: traces, layout: { width: layout.meta?.drawnWide ?? usualWidth, ...layout } };
      writeFileSync(fileOf(index, "json"), JSON.stringify(figure));
    });
    if (shown.length > 0 && (await drawFigures(folder)) !== 0) return "The figures could not be drawn.";
    shown.forEach((/** @type {any} */ output, /** @type {number} */ index) => {
      const picture = readFileSync(fileOf(index, "png")).toString("base64");
      output.data = { "image/png": picture, "text/plain": output.data["text/plain"] };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, `${JSON.stringify(notebook, null, 1)}\n`);
  return null;
}

if (require.main === module) {
  const [source, target, ...others] = process.argv.slice(2);
  if (source === undefined || target === undefined || others.length > 0) {
    process.stderr.write("npm run notebooks:draw -- EXECUTED.ipynb TARGET.ipynb\n");
    process.exitCode = 1;
  } else {
    drawNotebook(source, target).then((failure) => {
      process.exitCode = failure === null ? 0 : 1;
      (failure === null ? process.stdout : process.stderr).write(`${failure ?? target}\n`);
    });
  }
}

module.exports = { drawNotebook };
