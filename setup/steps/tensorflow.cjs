"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { root, sitePackages } = require("../machine/places.cjs");
const { installWithPip } = require("../engine/pip.cjs");
const { hashOfFile } = require("../engine/stamp.cjs");
const { chooseTensorflow } = require("../machine/tensorflow-choice.cjs");

/** The newest Python, 3.x, that the pinned wheel is built for. */
const newestWheel = 13;

/** @param {string} choice */
const requirements = (choice) => path.join(root, "setup", "requirements", `tensorflow-${choice}.txt`);

/** Folders in site-packages that are this step's. */
const ours = /^(tensorflow|nvidia)/;

/** @param {string} folder */
function tensorflowFolders(folder) {
  return fs
    .readdirSync(folder)
    .filter((name) => ours.test(name))
    .map((name) => path.join(folder, name));
}

/**
 * TensorFlow from the Python wheel. Only its libraries and headers are used, no Python runs with it, so it comes
 * without the packages that it depends on.
 *
 * @type {import("../engine/run-steps.cjs").Step}
 */
module.exports = {
  name: "tensorflow",
  title: "TensorFlow",
  get megabytes() {
    return { cpu: 1800, cuda: 9000, bundled: 0 }[chooseTensorflow()];
  },
  inputs() {
    const choice = chooseTensorflow();
    return {
      choice,
      requirements: choice === "bundled" ? null : hashOfFile(requirements(choice)),
      packages: sitePackages(),
    };
  },
  outputs() {
    const folder = sitePackages();
    return folder === null || !fs.existsSync(folder) ? [] : tensorflowFolders(folder).map((place) => ({ place }));
  },
  async run(context) {
    const choice = chooseTensorflow();
    const folder = /** @type {string} */ (sitePackages());
    for (const left of tensorflowFolders(folder)) fs.rmSync(left, { recursive: true, force: true });
    if (choice === "bundled") return;
    const parameters = ["--no-deps", "--no-compile"];
    // A newer Python has no wheel of its own yet, but any of them holds the same libraries.
    const minor = Number(/python3\.(\d+)/.exec(folder)?.[1] ?? newestWheel);
    if (minor > newestWheel) parameters.push("--python-version", `3.${newestWheel}`, "--target", folder);
    await installWithPip(requirements(choice), "installing TensorFlow", context, parameters);
  },
};
