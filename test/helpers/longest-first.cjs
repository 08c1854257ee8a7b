"use strict";

/** The files that take longest, the longest first, as the end of a run of all tests names them. */
const longest = ["networks/run/run-network.test.ts"];

/**
 * Puts the longest first, so that two processes that take one file after the other end at about the same time.
 *
 * @param {readonly string[]} files Below `test`.
 * @returns {string[]}
 */
function longestFirst(files) {
  return [...longest.filter((file) => files.includes(file)), ...files.filter((file) => !longest.includes(file))];
}

module.exports = { longest, longestFirst };
