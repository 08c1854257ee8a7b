"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { environment } = require("../machine/places.cjs");
const { hashOfFile } = require("../engine/stamp.cjs");

const file = path.join(environment, "share", "jupyter", "lab", "settings", "overrides.json");

/** JupyterLab asks nobody outside of this machine for news or updates: the versions are pinned here. */
const settings = { "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false } };

/**
 * Defaults for JupyterLab in this environment; what the user sets in JupyterLab itself stands above them.
 *
 * @type {import("../engine/run-steps.cjs").Step}
 */
module.exports = {
  name: "lab-settings",
  title: "JupyterLab's settings",
  megabytes: 1,
  inputs: () => ({ recipe: hashOfFile(__filename) }),
  outputs: () => [{ place: file }],
  async run() {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(`${file}.partial`, `${JSON.stringify(settings, null, 2)}\n`);
    fs.renameSync(`${file}.partial`, file);
  },
};
