"use strict";

// The long tests, and those that must be alone: one after the other, with all cores. Where numbers are computed by several threads,
// in the kernels and the networks that run by them, the short tests run here once more, as `npm test` gives them one thread.
const named = process.argv.slice(2).some((argument) => /^[^-].*\.ts$|^(\.\/)?test\b/.test(argument));

module.exports = {
  require: ["tsx/cjs", "./lib/runtime/prepare-tensorflow.ts", "./test/helpers/own-cache.cjs"],
  ...(named
    ? {}
    : {
        spec: ["test/**/*.deep.test.ts", "test/kernels/**/*.test.ts", "test/networks/**/*.test.ts"],
        reporterOption: ["record=true"],
      }),
  reporter: "test/helpers/reporter.cjs",
  // Of a folder that is named: all tests below it.
  ...{ extension: ["test.ts"], recursive: true },
  timeout: 60_000,
};
