"use strict";

// `npm run report:pdf -- FILE.html [FILE.pdf]`: prints a report, or any other page, to PDF, in a Chromium without a network: its
// texts stay texts, its lines lines, and its style says how large the paper is. Default: beside it, by its name.
const { existsSync } = require("node:fs");
const { resolve } = require("node:path");
const { pathToFileURL } = require("node:url");

const { noBrowser, openBrowser } = require("./machine/open-browser.cjs");

/** Milliseconds that a page of many figures may take until it is drawn. */
const patience = 120_000;

/**
 * @param {string} page The HTML file.
 * @param {string} target The PDF file; what was there is replaced.
 * @returns {Promise<string | null>} Why it could not be printed; null where it was.
 */
async function printPage(page, target) {
  if (!existsSync(page))
    return `There is no file ${page}. A report is written by 09_report: results/STUDY/report.html.`;
  const browser = await openBrowser();
  if (browser === null) return noBrowser();
  try {
    const sheet = await (await browser.newContext({ offline: true })).newPage();
    await sheet.goto(pathToFileURL(page).href);
    // A page without figures says nothing of them.
    await sheet.waitForFunction(() => document.documentElement.dataset.figures !== "waiting", undefined, {
      timeout: patience,
    });
    await sheet.pdf({
      path: target,
      format: "A4",
      printBackground: true,
      preferCSSPageSize: true,
      outline: true,
      tagged: true,
    });
    return null;
  } finally {
    await browser.close();
  }
}

if (require.main === module) {
  const [page, target, ...others] = process.argv.slice(2);
  if (page === undefined || others.length > 0) {
    process.stderr.write("npm run report:pdf -- FILE.html [FILE.pdf]\n");
    process.exitCode = 1;
  } else {
    const file = resolve(target ?? page.replace(/(\.html?)?$/i, ".pdf"));
    printPage(resolve(page), file).then((failure) => {
      process.exitCode = failure === null ? 0 : 1;
      (failure === null ? process.stdout : process.stderr).write(`${failure ?? file}\n`);
    });
  }
}

module.exports = { printPage };
