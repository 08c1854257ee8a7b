"use strict";

// Mocha adds the files of its command line to these; whoever names some wants those alone.
const named = process.argv.slice(2).some((argument) => /^[^-].*\.ts$/.test(argument));

module.exports = {
  // The second sets TensorFlow's variables before any test file can load it.
  require: ["tsx/cjs", "./lib/runtime/prepare-tensorflow.ts", "./test/helpers/own-cache.cjs"],
  ...(named ? {} : { spec: ["test/**/*.test.ts"] }),
  reporter: "test/helpers/reporter.cjs",
  timeout: 60_000,
};
