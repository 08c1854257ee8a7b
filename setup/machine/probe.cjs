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

/**
 * What a process that loaded our own kernels found.
 *
 * @typedef {object} KernelsProbe
 * @property {boolean} supported Whether this processor can run them.
 */

/**
 * Which kernels a study on this machine computes with; `lib/kernels/choose-kernels.ts` decides.
 *
 * @typedef {object} KernelsChoice
 * @property {"own" | "tensorflow"} kind Ours or TensorFlow's.
 * @property {string | null} variant Which of ours: "avx512", "avx2", "portable".
 * @property {string} reason Why these.
 * @property {number} threads How many threads ours use.
 */

const variables = `Object.assign(process.env, require("./lib/runtime/tensorflow-variables.json"));`;

const tensorflowScript = `
  const tf = require("@tensorflow/tfjs-node-gpu");
  const backend = tf.backend();
  tf.tidy(() => tf.add(1, 1).dataSync());
  const found = { tensorflow: backend.binding.TF_Version, tfjs: tf.version_core, gpu: backend.isUsingGpuDevice };
  process.stdout.write("\\n" + JSON.stringify(found));
`;

// Symbols are looked for when they are used, so that a library may load and yet lack one: registering uses them all.
const kernelsScript = `
  const library = { exports: {} };
  process.dlopen(library, process.argv[1]);
  const supported = library.exports.supported();
  if (supported) library.exports.start(1);
  process.stdout.write("\\n" + JSON.stringify({ supported }));
`;

const choiceScript = `
  let answer;
  try {
    answer = require("./dist/kernels/choose-kernels.js").describeKernels();
  } catch (error) {
    if (error.name !== "Problem") throw error;
    answer = { what: error.what, fix: error.fix };
  }
  process.stdout.write("\\n" + JSON.stringify(answer));
`;

/**
 * Runs a script in a process of its own, which may crash without harm.
 *
 * @param {string} script It prints its result as JSON on the last line.
 * @param {string[]} [parameters] Its arguments.
 * @returns {any} Its result, or {failure: what it printed when it failed}.
 */
function ask(script, parameters = []) {
  const { status, signal, stdout, stderr, error } = spawnSync(process.execPath, ["-e", script, ...parameters], {
    cwd: path.resolve(root),
    encoding: "utf8",
    timeout: 120_000,
  });
  if (status === 0) return JSON.parse(stdout.trim().split("\n").slice(-1)[0] ?? "");
  if (error) return { failure: error.message };
  // A crash prints nothing, or nothing that tells.
  const crashed = signal !== null || stderr.trim() === "";
  return { failure: crashed ? `${stderr}\nThe process ended with ${signal ?? status}.` : stderr };
}

/**
 * Loads TensorFlow and computes one sum.
 *
 * @returns {Probe | {failure: string}} What it found, or what it printed when it failed.
 */
const probeTensorflow = () => ask(variables + tensorflowScript);

/**
 * Loads a library of our own kernels and registers them with TensorFlow where this processor can run them.
 *
 * @param {string} file The library.
 * @returns {KernelsProbe | {failure: string}} What it found, or what it printed when it failed.
 */
const probeKernels = (file) => ask(variables + kernelsScript, [file]);

/**
 * Asks the compiled library which kernels it would compute with.
 *
 * @returns {KernelsChoice | {what: string, fix: string} | {failure: string}} Its answer, what it says that a person
 *   should mend, or what it printed when it failed.
 */
const probeKernelsChoice = () => ask(choiceScript);

module.exports = { probeTensorflow, probeKernels, probeKernelsChoice };
