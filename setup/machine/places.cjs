"use strict";

const fs = require("node:fs");
const path = require("node:path");

/** The folder that holds package.json. */
const root = path.resolve(__dirname, "..", "..");

/** The Python virtual environment, inside the project so that nothing else on the machine is touched. */
const environment = path.join(root, ".venv");

/** What the set-up remembers: stamps, logs, the lock, the choice of TensorFlow. */
const state = path.join(root, ".setup");

const windows = process.platform === "win32";

/**
 * A program of the virtual environment.
 *
 * @param {string} name "python", "jupyter-lab".
 * @returns {string}
 */
function environmentProgram(name) {
  return windows ? path.join(environment, "Scripts", `${name}.exe`) : path.join(environment, "bin", name);
}

/**
 * Where pip puts packages in the virtual environment, or null where there is none yet.
 *
 * @returns {string | null}
 */
function sitePackages() {
  if (windows) return path.join(environment, "Lib", "site-packages");
  const library = path.join(environment, "lib");
  const python = fs.existsSync(library) && fs.readdirSync(library).find((name) => /^python3\.\d+t?$/.test(name));
  return python ? path.join(library, python, "site-packages") : null;
}

/** The package whose binding is linked to TensorFlow. */
const tfjsNode = path.join(root, "node_modules", "@tensorflow", "tfjs-node-gpu");

/** Where tfjs-node-gpu looks for its binding. */
const binding = path.join(tfjsNode, "lib", "napi-v8", "tfjs_binding.node");

/** The folder of our own TensorFlow kernels, compiled. `lib/runtime/environment.ts` names it, too; a test holds the two together. */
const kernelsFolder = path.join(state, "kernels");

/** What holds errors back while TensorFlow is loaded, compiled. `lib/runtime/environment.ts` names it, too. */
const heldErrors = path.join(state, "held-errors.node");

/** The folder of the notebooks' kernel. */
const kernel = path.join(environment, "share", "jupyter", "kernels", "tslab");

module.exports = {
  root,
  environment,
  state,
  windows,
  environmentProgram,
  sitePackages,
  tfjsNode,
  binding,
  kernelsFolder,
  heldErrors,
  kernel,
};
