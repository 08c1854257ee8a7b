"use strict";

/**
 * Something that the person at the keyboard can mend: printed as one sentence or two, never as a stack trace.
 */
class Problem extends Error {
  /**
   * @param {string} what What is wrong, naming the thing, the value and what was expected.
   * @param {string} fix What to do about it, a command where there is one.
   */
  constructor(what, fix) {
    super(`${what} ${fix}`);
    this.name = "Problem";
    this.what = what;
    this.fix = fix;
  }
}

/**
 * Ends the process as a command should: a {@link Problem} is printed as its sentence, anything else with its stack,
 * because then the defect is ours.
 *
 * @param {unknown} error Whatever was thrown.
 * @returns {never}
 */
function endWith(error) {
  if (error instanceof Problem) process.stderr.write(`\n${error.message}\n`);
  else process.stderr.write(`\nA defect in SonoNAS itself: ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}

module.exports = { Problem, endWith };
