"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { explain } = require("../engine/explain.cjs");
const { findPython } = require("../machine/find-python.cjs");
const { environment, environmentProgram, root } = require("../machine/places.cjs");
const { installWithPip } = require("../engine/pip.cjs");
const { runProgram } = require("../engine/program.cjs");
const { hashOfFile } = require("../engine/stamp.cjs");

const requirements = path.join(root, "setup", "requirements", "jupyter.txt");

/**
 * The virtual environment with JupyterLab, its plotly renderer and nbclient. It is made anew whenever it is not whole:
 * a half-written environment cannot be told from a good one by pip, and pip's cache makes the second time quick.
 *
 * @type {import("../engine/run-steps.cjs").Step}
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
  check: () => void findPython(),
  async run(context) {
    const python = findPython();
    fs.rmSync(environment, { recursive: true, force: true });
    const options = { cwd: root, log: context.log, onLine: context.say };
    const { code, output } = await runProgram(python.program, ["-m", "venv", environment], options);
    if (code !== 0) throw explain("making the Python environment", output, context.log);
    await installWithPip(requirements, "installing JupyterLab", context);
  },
};
