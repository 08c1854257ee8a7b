"use strict";

const { execFileSync } = require("node:child_process");
const { Problem } = require("../engine/problem.cjs");
const { windows } = require("./places.cjs");
const { findProgram } = require("../engine/program.cjs");

/** @type {[number, number]} */
const oldest = [3, 10];

const install = windows
  ? "Install Python 3.12 from the Microsoft Store or with `winget install Python.Python.3.12`"
  : process.platform === "darwin"
    ? "Install it with `brew install python@3.12`"
    : "Install it with `sudo apt install python3 python3-venv` (Debian, Ubuntu) or `sudo dnf install python3` (Fedora)";
const again = "and run the same command again.";

/**
 * A Python that can be used.
 *
 * @typedef {{program: string, version: [number, number, number]}} Python
 */

/**
 * Finds a Python that is new enough and can make virtual environments. SONONAS_PYTHON names one; otherwise the first
 * good one on PATH is taken.
 *
 * @param {NodeJS.ProcessEnv} [env] Where PATH and SONONAS_PYTHON are read; default: ours.
 * @returns {Python}
 * @throws {Problem} Where there is none, saying which was seen and what it lacks.
 */
function findPython(env = process.env) {
  const named = env.SONONAS_PYTHON;
  const names = named ? [named] : ["python3", "python3.13", "python3.12", "python3.11", "python3.10", "python"];
  /** @type {Problem | null} */
  let first = null;
  for (const name of names) {
    const program = findProgram(name, env);
    if (program === null) continue;
    const python = ask(program, env);
    const lack = python instanceof Problem ? python : lacks(python, env);
    if (lack === null) return /** @type {Python} */ (python);
    first ??= lack;
  }
  if (first !== null) throw first;
  if (named)
    throw new Problem(
      `SONONAS_PYTHON names ${named}, which is not a program.`,
      `Set it to the path of a Python ${oldest.join(".")} or newer, or unset it, ${again}`,
    );
  throw new Problem(
    `Python was not found: SonoNAS needs Python ${oldest.join(".")} or newer for JupyterLab and TensorFlow.`,
    `${install}, ${again}`,
  );
}

/**
 * @param {string} program
 * @param {NodeJS.ProcessEnv} env
 * @returns {Python | Problem}
 */
function ask(program, env) {
  const printed = attempt(program, ["-c", "import sys; print('.'.join(map(str, sys.version_info[:3])))"], env);
  const match = printed === null ? null : /(\d+)\.(\d+)\.(\d+)/.exec(printed);
  if (match === null) return new Problem(`${program} does not start as a Python.`, `${install}, ${again}`);
  return { program, version: [Number(match[1]), Number(match[2]), Number(match[3])] };
}

/**
 * @param {Python} python
 * @param {NodeJS.ProcessEnv} env
 * @returns {Problem | null}
 */
function lacks({ program, version }, env) {
  const [major, minor] = version;
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    return new Problem(
      `Python ${version.join(".")} (${program}) is too old: SonoNAS needs ${oldest.join(".")} or newer.`,
      `${install} (or name a newer one that you have: SONONAS_PYTHON=/path/to/python3.12), ${again}`,
    );
  }
  if (attempt(program, ["-c", "import venv, ensurepip"], env) === null) {
    return new Problem(
      `Python ${version.join(".")} (${program}) cannot make virtual environments: its modules venv and ensurepip are missing.`,
      `Install them with \`sudo apt install python3-venv\` (Debian, Ubuntu), ${again}`,
    );
  }
  return null;
}

/**
 * @param {string} program
 * @param {string[]} parameters
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | null} What it printed, or null where it failed.
 */
function attempt(program, parameters, env) {
  try {
    return execFileSync(program, parameters, {
      encoding: "utf8",
      env,
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 20_000,
    });
  } catch {
    return null;
  }
}

module.exports = { findPython };
