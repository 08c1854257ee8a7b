"use strict";

const { parseArgs } = require("node:util");

const { Problem } = require("./problem.cjs");

/**
 * Reads the arguments of a command that runs before anything is compiled.
 *
 * @param {string} name The command, as the message names it.
 * @param {NonNullable<import("node:util").ParseArgsConfig["options"]>} options What it takes, as `parseArgs` wants it.
 * @param {string} takes What it takes, in words.
 * @param {string[]} parameters The arguments.
 * @returns {Record<string, unknown>} The options that were given.
 */
function readArguments(name, options, takes, parameters) {
  try {
    return parseArgs({ args: parameters, options }).values;
  } catch (error) {
    // Node's own advice, from the second sentence on, is about commands that take names.
    throw new Problem(`${name}: ${/** @type {Error} */ (error).message.replace(/\. .*$/s, "")}.`, takes);
  }
}

module.exports = { readArguments };
