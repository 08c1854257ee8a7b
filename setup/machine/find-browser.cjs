"use strict";

const { findProgram } = require("../engine/program.cjs");

/**
 * Finds a Chromium for the tests that look at JupyterLab: SONONAS_BROWSER names one, otherwise the usual names on PATH.
 *
 * @param {NodeJS.ProcessEnv} [env] Where PATH and SONONAS_BROWSER are read; default: ours.
 * @returns {string | null} Its path.
 */
function findBrowser(env = process.env) {
  const names = env.SONONAS_BROWSER
    ? [env.SONONAS_BROWSER]
    : ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  for (const name of names) {
    const program = findProgram(name, env);
    if (program !== null) return program;
  }
  return null;
}

module.exports = { findBrowser };
