"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { explain } = require("../explain.cjs");
const { findPython } = require("../find-python.cjs");
const { environment, environmentProgram, root } = require("../places.cjs");
const { runProgram } = require("../program.cjs");
const { hashOfFile } = require("../stamp.cjs");

const requirements = path.join(root, "setup", "requirements", "jupyter.txt");

/**
 * The virtual environment with JupyterLab, its plotly renderer and nbclient. It is made anew whenever it is not whole:
 * a half-written environment cannot be told from a good one by pip, and pip's cache makes the second time quick.
 *
 * @type {import("../main.cjs").Step}
 */
module.exports = {
  name: "python-environment",
  title: "JupyterLab in a Python environment",
  megabytes: 500,
  // The environment's programs carry the folder's absolute path, so a project that was moved needs a new one.
  inputs: () => ({ requirements: hashOfFile(requirements), root }),
  // TensorFlow, the kernel and JupyterLab's settings belong to later steps.
  outputs: () => [
    {
      place: environment,
      except: /\/site-packages\/(tensorflow|nvidia|bin\/)|\/share\/jupyter\/(kernels\/tslab|lab\/settings)/,
    },
  ],
  // The environment's python is a link to one outside, which may have been removed.
  stillHolds: () => fs.existsSync(environmentProgram("python")),
  async run({ log, say }) {
    const python = findPython();
    fs.rmSync(environment, { recursive: true, force: true });
    const doing = "making the Python environment";
    const made = await runProgram(python.program, ["-m", "venv", environment], { cwd: root, log, onLine: say });
    if (made.code !== 0) throw explain(doing, made.output, log);
    const pip = [
      "-m",
      "pip",
      "install",
      "--disable-pip-version-check",
      "--no-input",
      "--require-hashes",
      "--only-binary",
      ":all:",
      "-r",
      requirements,
    ];
    const installed = await runProgram(environmentProgram("python"), pip, { cwd: root, log, onLine: say });
    if (installed.code !== 0) throw explain("installing JupyterLab", installed.output, log);
  },
};
