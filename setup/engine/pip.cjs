"use strict";

const { explain } = require("./explain.cjs");
const { environmentProgram, root } = require("../machine/places.cjs");
const { runProgram } = require("./program.cjs");

/**
 * Installs pinned packages into the virtual environment: wheels only, each with the checksum that its list has.
 *
 * @param {string} requirements The list of packages.
 * @param {string} doing What is being done, for the message: "installing JupyterLab".
 * @param {import("./run-steps.cjs").StepContext} context
 * @param {string[]} [parameters] More of pip's own arguments.
 * @throws {import("./problem.cjs").Problem} Where pip fails.
 */
async function installWithPip(requirements, doing, { log, say }, parameters = []) {
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input"];
  const rules = ["--require-hashes", "--only-binary", ":all:", ...parameters, "-r", requirements];
  const options = { cwd: root, log, onLine: say };
  const { code, output } = await runProgram(environmentProgram("python"), [...pip, ...rules], options);
  if (code !== 0) throw explain(doing, output, log);
}

module.exports = { installWithPip };
