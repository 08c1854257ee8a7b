"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { kernelsFolder } = require("./places.cjs");

/**
 * What the set-up says of our own kernels, in `.setup/kernels/state.json`: read by the library and by the doctor.
 *
 * @typedef {object} KernelsState
 * @property {string[]} built The variants that are there and load: "avx512", "avx2", "portable".
 * @property {string | null} reason Why one of them is not there, for people; null where all are.
 * @property {string | null} compiler The file of the compiler that failed, "none" where there was none to try; null
 *   where nothing failed.
 */

const file = path.join(kernelsFolder, "state.json");

/** @returns {KernelsState | null} Null where the set-up has not got to them. */
function readKernelsState() {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return null; // None yet, or cut short.
  }
}

/** @param {KernelsState} state */
function writeKernelsState(state) {
  fs.writeFileSync(`${file}.partial`, `${JSON.stringify(state, null, 2)}\n`);
  fs.renameSync(`${file}.partial`, file);
}

module.exports = { readKernelsState, writeKernelsState };
