"use strict";

const { findBrowser } = require("./find-browser.cjs");

/**
 * Starts a Chromium without a window and a graphics card, for pictures and paper.
 *
 * @returns {Promise<import("playwright-core").Browser | null>} The browser, which the caller closes; null where none is installed.
 */
async function openBrowser() {
  const executablePath = findBrowser();
  if (executablePath === null) return null;
  const { chromium } = require("playwright-core");
  // Chromium's sandbox does not work for an administrator, as whom containers run.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args: ["--disable-gpu", ...sandbox] });
}

/**
 * @param {NodeJS.ProcessEnv} [env] Where SONONAS_BROWSER is read; default: ours.
 * @returns {string} What to tell where there is none.
 */
function noBrowser(env = process.env) {
  return env.SONONAS_BROWSER
    ? `SONONAS_BROWSER names ${env.SONONAS_BROWSER}, which is not there. Correct it.`
    : "No Chromium is installed. Install one, for example with `sudo apt install chromium`.";
}

module.exports = { noBrowser, openBrowser };
