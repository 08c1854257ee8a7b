"use strict";

const { checkUp } = require("./checkup.cjs");
const { readArguments } = require("../engine/arguments.cjs");
const { endWith } = require("../engine/problem.cjs");

const signs = { good: "✓", missing: "✗", optional: "–" };

/**
 * Prints the findings, and ends with 0 where nothing is missing.
 *
 * @param {string[]} parameters `--json` prints the findings as one JSON object.
 */
function report(parameters) {
  try {
    const { json } = readArguments("npm run doctor", { json: { type: "boolean" } }, "It takes --json.", parameters);
    const findings = checkUp();
    const missing = findings.filter((finding) => finding.state === "missing");
    if (json) {
      process.stdout.write(`${JSON.stringify({ good: missing.length === 0, findings })}\n`);
    } else {
      const width = Math.max(...findings.map(({ name }) => name.length));
      for (const { name, state, found, fix } of findings) {
        process.stdout.write(`${signs[state]} ${name.padEnd(width)}  ${found}\n`);
        if (fix) process.stdout.write(`  ${" ".repeat(width)}  → ${fix}\n`);
      }
      process.stdout.write(
        missing.length === 0
          ? "\nEverything that is needed is there.\n"
          : `\n${missing.length} missing: ${missing.map(({ name }) => name).join(", ")}.\n`,
      );
    }
    process.exitCode = missing.length === 0 ? 0 : 1;
  } catch (error) {
    endWith(error);
  }
}

module.exports = { report };
