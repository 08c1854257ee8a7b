"use strict";

const { readdirSync } = require("node:fs");

const { longestFirst } = require("./test/helpers/longest-first.cjs");

// Mocha adds the files of its command line to those that stand here; whoever names some wants those alone.
const named = process.argv.slice(2).some((argument) => /^[^-].*\.ts$|^(\.\/)?test\b/.test(argument));

// Side by side on two cores, so one thread each.
process.env.SONONAS_THREADS ??= "1";

const tests = readdirSync("test", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".test.ts") && !file.endsWith(".deep.test.ts"))
  .sort();

module.exports = {
  // The second sets TensorFlow's variables before any test file can load it.
  require: ["tsx/cjs", "./lib/runtime/prepare-tensorflow.ts", "./test/helpers/own-cache.cjs"],
  ...(named ? {} : { spec: longestFirst(tests).map((file) => `test/${file}`), parallel: true, jobs: 2 }),
  reporter: "test/helpers/reporter.cjs",
  // Of a folder that is named: all tests below it.
  ...{ extension: ["test.ts"], recursive: true },
  timeout: 60_000,
};
