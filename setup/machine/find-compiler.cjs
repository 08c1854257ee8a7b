"use strict";

const { Problem } = require("../engine/problem.cjs");
const { findProgram } = require("../engine/program.cjs");

/**
 * Finds a C++ compiler: CXX names one, otherwise the first of g++, clang++ and c++ on PATH.
 *
 * @param {NodeJS.ProcessEnv} [env] Where PATH and CXX are read; default: ours.
 * @returns {string} Its path.
 * @throws {Problem} Where there is none.
 */
function findCompiler(env = process.env) {
  const names = env.CXX ? [env.CXX] : ["g++", "clang++", "c++"];
  for (const name of names) {
    const program = findProgram(name, env);
    if (program !== null) return program;
  }
  const fix =
    process.platform === "darwin"
      ? "Install it with `xcode-select --install`"
      : "Install it with `sudo apt install g++` (Debian, Ubuntu) or `sudo dnf install gcc-c++` (Fedora)";
  if (env.CXX)
    throw new Problem(
      `CXX names ${env.CXX}, which is not a program.`,
      "Set it to a C++ compiler, or unset it, and run the same command again.",
    );
  throw new Problem(
    "A C++ compiler was not found (looked for g++, clang++ and c++): it links Node to TensorFlow.",
    `${fix}, and run the same command again.`,
  );
}

module.exports = { findCompiler };
