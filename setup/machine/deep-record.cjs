"use strict";

const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

/**
 * When the long tests (`npm run test:deep`) last all passed.
 *
 * @typedef {object} DeepRecord
 * @property {string} passed The day: "2026-11-29".
 * @property {string} commit What they were run on.
 * @property {number} minutes How long they took.
 * @property {number} tests How many passed.
 * @property {number} skipped How many were skipped, for want of data or a browser.
 */

/** @param {string} root */
const fileOf = (root) => path.join(root, "test", "deep.json");

/**
 * @param {string} root
 * @param {...string} parameters
 */
const git = (root, ...parameters) =>
  execFileSync("git", parameters, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();

/**
 * Keeps that the long tests passed, in `test/deep.json`. A record names a commit: where files differ from it, none is kept.
 *
 * @param {string} root The project.
 * @param {Omit<DeepRecord, "commit">} outcome
 * @returns {string} A sentence that says what was kept, or why nothing was.
 */
function keepDeepRecord(root, outcome) {
  let commit, changes;
  try {
    commit = git(root, "rev-parse", "--short=10", "HEAD");
    changes = git(root, "status", "--porcelain", "--", ".", ":!test/deep.json");
  } catch {
    return "Not kept in test/deep.json: this folder is no clone, so there is no commit to name.";
  }
  if (changes !== "") return "Not kept in test/deep.json: there are changes that no commit has.";
  const { passed, minutes, tests, skipped } = outcome;
  fs.writeFileSync(fileOf(root), JSON.stringify({ passed, commit, minutes, tests, skipped }, null, 2) + "\n");
  return `Kept in test/deep.json, to be committed: passed on ${commit}.`;
}

/**
 * Says when the long tests last passed.
 *
 * @param {string} root The project.
 * @returns {string | null} "2026-11-29 on 1a2b3c4d5e in 14 minutes: 31 passed, 0 skipped; 3 commits since"; null where they never
 *   have.
 */
function tellDeepRecord(root) {
  if (!fs.existsSync(fileOf(root))) return null;
  /** @type {DeepRecord} */
  const { passed, commit, minutes, tests, skipped } = JSON.parse(fs.readFileSync(fileOf(root), "utf8"));
  let since = "";
  try {
    const count = Number(git(root, "rev-list", "--count", `${commit}..HEAD`));
    since = `; ${count} ${count === 1 ? "commit" : "commits"} since`;
  } catch {
    // No clone, or one without its history.
  }
  return `${passed} on ${commit} in ${minutes} minutes: ${tests} passed, ${skipped} skipped${since}`;
}

module.exports = { keepDeepRecord, tellDeepRecord };
