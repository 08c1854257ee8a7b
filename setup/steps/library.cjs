"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { explain } = require("../engine/explain.cjs");
const { root } = require("../machine/places.cjs");
const { Problem } = require("../engine/problem.cjs");
const { runProgram } = require("../engine/program.cjs");
const { hashOfFile } = require("../engine/stamp.cjs");

const source = path.join(root, "lib");
const compiled = path.join(root, "dist");

/**
 * The library, compiled to dist/ where the notebooks import it.
 *
 * @type {import("../engine/run-steps.cjs").Step}
 */
module.exports = {
  name: "library",
  title: "The library",
  megabytes: 20,
  inputs: () => ({
    sources: Object.fromEntries(
      fs
        .readdirSync(source, { recursive: true, encoding: "utf8" })
        .filter((name) => /\.(ts|json)$/.test(name))
        .sort()
        .map((name) => [name, hashOfFile(path.join(source, name))]),
    ),
    settings: hashOfFile(path.join(root, "tsconfig.json")),
    lock: hashOfFile(path.join(root, "package-lock.json")),
  }),
  outputs: () => [{ place: compiled }],
  async run({ log, say }) {
    // Compiled beside and renamed: a type error leaves the library that worked.
    const partial = `${compiled}.partial`;
    fs.rmSync(partial, { recursive: true, force: true });
    const compiler = path.join(root, "node_modules", "typescript", "bin", "tsc");
    const { code, output } = await runProgram(
      process.execPath,
      [compiler, "-p", "tsconfig.json", "--outDir", partial, "--pretty", "false"],
      { cwd: root, log, onLine: say },
    );
    if (/ENOSPC/.test(output)) throw explain("compiling the library", output, log);
    if (code !== 0)
      throw new Problem(
        `The library in lib/ does not compile:\n${output.trim()}\n`,
        "Mend what it names and run the same command again.",
      );
    fs.rmSync(compiled, { recursive: true, force: true });
    fs.renameSync(partial, compiled);
  },
};
