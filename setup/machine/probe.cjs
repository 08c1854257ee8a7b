"use strict";

const { spawnSync } = require("node:child_process");
const path = require("node:path");
const { root } = require("./places.cjs");

/**
 * What a process that loaded TensorFlow found.
 *
 * @typedef {object} Probe
 * @property {string} tensorflow TensorFlow's version.
 * @property {string} tfjs TensorFlow.js's version.
 * @property {boolean} gpu Whether it computes on a GPU.
 */

const script = `
  Object.assign(process.env, require("./lib/runtime/tensorflow-variables.json"));
  const tf = require("@tensorflow/tfjs-node-gpu");
  const backend = tf.backend();
  tf.tidy(() => tf.add(1, 1).dataSync());
  process.stdout.write("\\n" + JSON.stringify({ tensorflow: backend.binding.TF_Version, tfjs: tf.version_core, gpu: backend.isUsingGpuDevice }));
`;

/**
 * Loads TensorFlow in a process of its own, which may crash without harm, and computes one sum.
 *
 * @returns {Probe | {failure: string}} What it found, or what it printed when it failed.
 */
function probeTensorflow() {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, ["-e", script], {
    cwd: path.resolve(root),
    encoding: "utf8",
    timeout: 120_000,
  });
  if (status === 0) return JSON.parse(stdout.trim().split("\n").slice(-1)[0] ?? "");
  return { failure: error ? error.message : stderr };
}

module.exports = { probeTensorflow };
