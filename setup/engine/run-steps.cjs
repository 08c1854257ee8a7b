"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { takeLock } = require("./lock.cjs");
const { root, state } = require("../machine/places.cjs");
const { Problem, endWith } = require("./problem.cjs");
const { readArguments } = require("./arguments.cjs");
const { explain } = require("./explain.cjs");
const { stopPrograms } = require("./program.cjs");
const { startStepLine } = require("./step-line.cjs");
const { forget, hashOf, isDone, record } = require("./stamp.cjs");
const { keepChoice } = require("../machine/tensorflow-choice.cjs");

/**
 * What a step may use.
 *
 * @typedef {object} StepContext
 * @property {string} log The file for the output of the programs that it runs.
 * @property {(line: string) => void} say Shows a line of progress.
 */

/**
 * One step of the set-up. Its work is redone when its inputs change or when a file that it made is gone.
 *
 * @typedef {object} Step
 * @property {string} name The name of its stamp and of its log.
 * @property {string} title What the person at the keyboard reads.
 * @property {number} megabytes Disk space that it needs.
 * @property {() => unknown} inputs Everything that its result depends on.
 * @property {() => import("./stamp.cjs").Output[]} outputs The files that it makes.
 * @property {() => void} [check] Throws a Problem where something that it needs is not on this machine.
 * @property {() => boolean} [stillHolds] A further condition for having nothing to do.
 * @property {(context: StepContext) => Promise<string | void>} run Does the work; throws a Problem. Where the person at
 *   the keyboard should know something about a result that is good enough to go on with, it gives a sentence.
 */

/** In the order in which they are done: each may need the work of those before it. @type {Step[]} */
const steps = [
  require("../steps/node-packages.cjs"),
  require("../steps/python-environment.cjs"),
  require("../steps/tensorflow.cjs"),
  require("../steps/binding.cjs"),
  require("../steps/held-errors.cjs"),
  require("../steps/kernels.cjs"),
  require("../steps/library.cjs"),
  require("../steps/kernel.cjs"),
  require("../steps/lab-settings.cjs"),
];

/** @param {Step} step */
function holds(step) {
  return isDone(step.name, hashOf(step.inputs())) && (step.stillHolds?.() ?? true);
}

/**
 * Checks what can be known before anything is downloaded: the programs that the steps need, and room on the disk.
 *
 * @param {Step[]} todo The steps that are to be done.
 */
function checkBefore(todo) {
  for (const step of todo) step.check?.();
  const { bavail, bsize } = fs.statfsSync(root);
  const free = (bavail * bsize) / 1e6;
  const needed = todo.reduce((sum, step) => sum + step.megabytes, 0);
  if (free >= needed) return;
  throw new Problem(
    `The disk of ${root} has ${Math.floor(free)} MB free, and the set-up needs ${needed} MB.`,
    "Free some space and run the same command again: what is done stays done.",
  );
}

/**
 * Does one step, with a line that says so.
 *
 * @param {Step} step
 */
async function perform(step) {
  const log = path.join(state, "logs", `${step.name}.log`);
  fs.rmSync(log, { force: true });
  const line = startStepLine(step.title, process.stdout);
  /** @type {string | void} */
  let remark;
  try {
    forget(step.name);
    // Taken before the work: what changes meanwhile is not in it.
    const inputs = hashOf(step.inputs());
    remark = await step.run({ log, say: line.say });
    record(step.name, inputs, step.outputs());
  } finally {
    line.end();
  }
  process.stdout.write(`${step.title}: ${remark ?? `done in ${line.seconds()}`}\n`);
}

/**
 * Brings the project to the state in which every command works, doing only what is not done yet.
 *
 * @param {string[]} parameters `--tensorflow auto|cpu|cuda|bundled` keeps a choice of TensorFlow.
 */
async function main(parameters) {
  try {
    const takes = "It takes --tensorflow auto, cpu, cuda or bundled.";
    const { tensorflow } = readArguments("The set-up", { tensorflow: { type: "string" } }, takes, parameters);
    if (tensorflow !== undefined) keepChoice(String(tensorflow));
    if (steps.every(holds)) return;
    process.stdout.write("Setting up SonoNAS (once; later runs start at once).\n");
    const release = await takeLock(() =>
      process.stdout.write("Another set-up is working on this project: waiting for it …\n"),
    );
    const stop = () => {
      stopPrograms();
      release();
      process.stderr.write("\nStopped. Run the same command again to carry on: what is done stays done.\n");
      process.exit(130);
    };
    process.once("SIGINT", stop).once("SIGTERM", stop);
    try {
      checkBefore(steps.filter((step) => !holds(step)));
      for (const step of steps) if (!holds(step)) await perform(step);
    } finally {
      release();
      process.off("SIGINT", stop).off("SIGTERM", stop);
    }
  } catch (error) {
    // Where the file system said no, its error has a code, and a person can mend it.
    const refused = error instanceof Error && !(error instanceof Problem) && "code" in error;
    endWith(refused ? explain("setting up", error.message, path.join(state, "logs")) : error);
  }
}

module.exports = { main, steps, holds };
