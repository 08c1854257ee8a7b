"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { kernel, root } = require("../machine/places.cjs");
const { hashOf, hashOfFile } = require("../engine/stamp.cjs");

const variables = path.join(root, "lib", "runtime", "tensorflow-variables.json");

/**
 * What Jupyter starts for a TypeScript notebook: this Node and this project's tslab, by their absolute paths, so that nothing
 * depends on PATH. The variables are also set by the library, but a cell may import TensorFlow before it.
 */
function specification() {
  return {
    argv: [
      process.execPath,
      path.join(root, "setup", "notebook-kernel.cjs"),
      "kernel",
      "--config-path",
      "{connection_file}",
    ],
    display_name: "TypeScript (tslab)",
    language: "typescript",
    interrupt_mode: "signal",
    env: JSON.parse(fs.readFileSync(variables, "utf8")),
  };
}

/**
 * The notebooks' kernel, installed in the virtual environment only.
 *
 * @type {import("../engine/run-steps.cjs").Step}
 */
module.exports = {
  name: "kernel",
  title: "The notebooks' kernel",
  megabytes: 1,
  inputs: () => ({ specification: hashOf(specification()), recipe: hashOfFile(__filename) }),
  outputs: () => [{ place: kernel }],
  async run() {
    fs.mkdirSync(kernel, { recursive: true });
    const file = path.join(kernel, "kernel.json");
    fs.writeFileSync(`${file}.partial`, `${JSON.stringify(specification(), null, 2)}\n`);
    fs.renameSync(`${file}.partial`, file);
  },
};
