"use strict";

module.exports = {
  // The second sets TensorFlow's variables before any test file can load it.
  require: ["tsx/cjs", "./lib/runtime/prepare-tensorflow.ts", "./test/helpers/own-cache.cjs"],
  spec: ["test/**/*.test.ts"],
  reporter: "test/helpers/reporter.cjs",
  timeout: 60_000,
};
