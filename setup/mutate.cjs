"use strict";

// `npm run mutate -- [ROOM or FILE …]`: changes the code in many small ways, one at a time, runs the tests that come by the changed
// place, and says which changes no test noticed. The score is the share of changes that were noticed.
const { existsSync, readdirSync } = require("node:fs");
const path = require("node:path");

const { root } = require("./machine/places.cjs");
const { endWith, Problem } = require("./engine/problem.cjs");

/** The rooms whose code is numbers and rules alone: a wrong one shows in no picture and crashes nothing. */
const usual = ["space", "controller", "statistics"];

/**
 * Reads what is to be changed, and finds the tests that could notice.
 *
 * @param {readonly string[]} named Rooms ("space") or files ("lib/space/sample.ts"); none: the usual rooms.
 * @returns {{ mutate: string[], spec: string[] }}
 */
function readNames(named) {
  const rooms = readdirSync(path.join(root, "lib"), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
  const chosen = named.length === 0 ? usual : named;
  const unknown = chosen.find((name) => !rooms.includes(name) && !/^lib\/\w+\/.*\.ts$/.test(name));
  const gone = chosen.find((name) => name.endsWith(".ts") && !existsSync(path.join(root, name)));
  if (unknown !== undefined || gone !== undefined)
    throw new Problem(
      `${unknown ?? gone} is neither a room nor a file of the library.`,
      `Name rooms, such as ${usual.join(", ")}, or files, such as lib/statistics/holm.ts.`,
    );
  const roomOf = (/** @type {string} */ name) => (name.endsWith(".ts") ? (name.split("/")[1] ?? "") : name);
  return {
    mutate: [...chosen.map((name) => (name.endsWith(".ts") ? name : `lib/${name}/**/*.ts`)), "!lib/**/index.ts"],
    spec: [...new Set(chosen.map((name) => `test/${roomOf(name)}/**/*.test.ts`))],
  };
}

/** @param {readonly string[]} named */
async function main(named) {
  try {
    const { mutate, spec } = readNames(named);
    process.env.SONONAS_THREADS ??= "1";
    const { Stryker } = await import("@stryker-mutator/core");
    const kept = `.cache/mutation/${named.join("+").replaceAll("/", "-") || "usual"}`;
    await new Stryker({
      mutate,
      // Which words a message has is not what is asked here; words that decide are checked by their types.
      mutator: { excludedMutations: ["StringLiteral"] },
      testRunner: "mocha",
      plugins: ["@stryker-mutator/mocha-runner"],
      mochaOptions: {
        "no-config": true,
        require: ["tsx/cjs", "./lib/runtime/prepare-tensorflow.ts", "./test/helpers/own-cache.cjs"],
        spec,
      },
      coverageAnalysis: "perTest",
      // What a file computes while it is loaded would need a new process for each change.
      ignoreStatic: true,
      concurrency: 2,
      timeoutMS: 20_000,
      // Tests run several times as long where each change is in the code at once.
      dryRunTimeoutMinutes: 30,
      // What is unchanged since the last time is not tried again.
      incremental: true,
      incrementalFile: `${kept}.incremental.json`,
      reporters: ["progress-append-only", "clear-text", "html"],
      htmlReporter: { fileName: `${kept}.html` },
      clearTextReporter: { logTests: false, allowColor: false },
      tempDirName: ".cache/stryker",
      ignorePatterns: [".venv", ".setup", ".cache", "dist", "results", "data", "docs", "notebooks"],
    }).runMutationTest();
    process.stdout.write(`\nThe page with every change is ${kept}.html.\n`);
  } catch (error) {
    endWith(error);
  }
}

if (require.main === module) void main(process.argv.slice(2));

module.exports = { readNames };
