"use strict";

const { spawnSync } = require("node:child_process");
const path = require("node:path");
const { root } = require("./machine/places.cjs");
const { endWith, Problem } = require("./engine/problem.cjs");

/** @param {string[]} parts */
const tool = (...parts) => path.join(root, "node_modules", ...parts);

/**
 * What must hold before a commit, quickest first: a name, and Node's arguments.
 *
 * @type {Record<string, string[]>}
 */
const gates = {
  format: [tool("prettier", "bin", "prettier.cjs"), "--check", "."],
  types: [tool("typescript", "bin", "tsc"), "-p", "tsconfig.check.json"],
  notebooks: [path.join(root, "dist", "study", "clean-notebooks.js"), "--check"],
  docs: [tool("typedoc", "bin", "typedoc")],
  unused: [tool("knip", "bin", "knip.js")],
  lint: [
    tool("eslint", "bin", "eslint.js"),
    ".",
    "--max-warnings",
    "0",
    "--cache",
    "--cache-location",
    ".cache/eslint",
  ],
  tests: [tool("mocha", "bin", "mocha.js")],
};

/**
 * `npm run check`: runs all gates, or the named ones, and ends with 0 where all hold.
 *
 * @param {string[]} names Some of the gates; none for all.
 */
function main(names) {
  try {
    const unknown = names.find((name) => !(name in gates));
    if (unknown) throw new Problem(`There is no gate ${unknown}.`, `There are ${Object.keys(gates).join(", ")}.`);
    const failed = Object.entries(gates).filter(([name, parameters]) => {
      if (names.length > 0 && !names.includes(name)) return false;
      process.stdout.write(`\n── ${name} ──\n`);
      return spawnSync(process.execPath, parameters, { cwd: root, stdio: "inherit" }).status !== 0;
    });
    const said = failed.length === 0 ? "All gates hold." : `Failed: ${failed.map(([name]) => name).join(", ")}.`;
    process.stdout.write(`\n${said}\n`);
    process.exitCode = failed.length === 0 ? 0 : 1;
  } catch (error) {
    endWith(error);
  }
}

main(process.argv.slice(2));
