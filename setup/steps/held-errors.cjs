"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { findCompiler } = require("../machine/find-compiler.cjs");
const { heldErrors, root, windows } = require("../machine/places.cjs");
const { Problem } = require("../engine/problem.cjs");
const { runProgram } = require("../engine/program.cjs");
const { hashOfFile, lockedVersion } = require("../engine/stamp.cjs");
const { chooseTensorflow } = require("../machine/tensorflow-choice.cjs");

const source = path.join(root, "lib", "runtime", "native", "held-errors.cc");

/**
 * What keeps TensorFlow's greeting from a reader: two lines that its library writes whenever it is loaded, whatever it is told. Without it
 * everything works, and the lines stand before every command.
 *
 * @type {import("../engine/run-steps.cjs").Step}
 */
module.exports = {
  name: "held-errors",
  title: "A quiet start",
  megabytes: 1,
  inputs: () => ({
    choice: chooseTensorflow(),
    headers: lockedVersion("node-api-headers"),
    source: hashOfFile(source),
    recipe: hashOfFile(__filename),
  }),
  outputs: () => [{ place: heldErrors }],
  async run({ log, say }) {
    const without = "left out; TensorFlow's greeting stands before every command.";
    // Its older library has no greeting.
    if (chooseTensorflow() === "bundled") return undefined;
    if (windows) return without;
    const partial = `${heldErrors}.partial`;
    try {
      const parameters = [
        ...["-O2", "-std=c++17", "-shared", "-fPIC", "-fvisibility=hidden"],
        // Node's own symbols are there once the library is loaded into it.
        ...(process.platform === "darwin" ? ["-undefined", "dynamic_lookup"] : []),
        ...["-DNAPI_VERSION=8", "-DNODE_GYP_MODULE_NAME=held_errors"],
        ...["-I", path.join(root, "node_modules", "node-api-headers", "include"), source, "-o", partial],
      ];
      const { code } = await runProgram(findCompiler(), parameters, { cwd: root, log, onLine: say });
      if (code !== 0) return without;
      fs.renameSync(partial, heldErrors);
      return undefined;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return without;
    } finally {
      fs.rmSync(partial, { force: true });
    }
  },
};
