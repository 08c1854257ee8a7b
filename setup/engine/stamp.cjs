"use strict";

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { root, state } = require("../machine/places.cjs");

/**
 * What a finished step leaves: a hash of all that it was made from, and every file that it made with its size. A step
 * whose stamp still holds has nothing to do; damage of any kind, a half-deleted folder among it, is noticed.
 *
 * @typedef {{inputs: string, files: Record<string, number>}} Stamp
 */

/**
 * The files that a step made.
 *
 * @typedef {object} Output
 * @property {string} place A file or a folder.
 * @property {RegExp} [except] Paths below it, with forward slashes, that belong to somebody else.
 */

/** @param {string} step */
const stampFile = (step) => path.join(state, "stamps", `${step}.json`);

/**
 * A hash of any plain value.
 *
 * @param {unknown} value
 * @returns {string}
 */
function hashOf(value) {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}

/**
 * A hash of a file's bytes, "missing" where there is none.
 *
 * @param {string} file
 * @returns {string}
 */
function hashOfFile(file) {
  return fs.existsSync(file) ? createHash("sha256").update(fs.readFileSync(file)).digest("hex") : "missing";
}

/**
 * The version of a package that package-lock.json holds, "missing" where it holds none.
 *
 * @param {string} name
 * @returns {string}
 */
function lockedVersion(name) {
  const file = path.join(root, "package-lock.json");
  if (!fs.existsSync(file)) return "missing";
  const { packages = {} } = JSON.parse(fs.readFileSync(file, "utf8"));
  return packages[`node_modules/${name}`]?.version ?? "missing";
}

/**
 * Lists the files below a place with their sizes, in bytes. Symbolic links and Python's byte code, which comes and
 * goes by itself, are left out.
 *
 * @param {Output[]} outputs
 * @returns {Record<string, number>} Sizes by path from the project's root.
 */
function listFiles(outputs) {
  /** @type {Record<string, number>} */
  const files = {};
  for (const { place, except } of outputs) {
    /** @param {string} file */
    const visit = (file) => {
      const name = path.relative(root, file).split(path.sep).join("/");
      if (except?.test(name)) return;
      const entry = fs.lstatSync(file, { throwIfNoEntry: false });
      if (!entry || entry.isSymbolicLink() || name.endsWith(".pyc")) return;
      if (entry.isDirectory()) for (const child of fs.readdirSync(file)) visit(path.join(file, child));
      else files[name] = entry.size;
    };
    visit(place);
  }
  return files;
}

/**
 * Says whether a step's work is there, made from these inputs and undamaged.
 *
 * @param {string} step
 * @param {string} inputs From {@link hashOf}.
 * @returns {boolean}
 */
function isDone(step, inputs) {
  /** @type {Stamp} */
  let stamp;
  try {
    stamp = JSON.parse(fs.readFileSync(stampFile(step), "utf8"));
  } catch {
    return false; // None yet, or cut short.
  }
  if (stamp.inputs !== inputs) return false;
  return Object.entries(stamp.files).every(
    ([name, size]) => fs.statSync(path.join(root, name), { throwIfNoEntry: false })?.size === size,
  );
}

/**
 * Forgets a step, before its work is touched: an interruption then leaves it undone, not half-done.
 *
 * @param {string} step
 */
function forget(step) {
  fs.rmSync(stampFile(step), { force: true });
}

/**
 * Records a step as done.
 *
 * @param {string} step
 * @param {string} inputs From {@link hashOf}.
 * @param {Output[]} outputs
 */
function record(step, inputs, outputs) {
  const file = stampFile(step);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(`${file}.partial`, JSON.stringify({ inputs, files: listFiles(outputs) }));
  fs.renameSync(`${file}.partial`, file);
}

module.exports = { hashOf, hashOfFile, lockedVersion, isDone, forget, record };
