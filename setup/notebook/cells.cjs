"use strict";

const { AsyncLocalStorage } = require("node:async_hooks");
const { isInterruption, readerText } = require("./reader-text.cjs");

/** Told to the library as an event of the process, with how a cell has ended early: "interrupted" or "failed". */
const cellEnded = "sononas:cell-ended";

/** @param {"interrupted" | "failed"} how */
const tell = (how) => /** @type {import("node:events")} */ (process).emit(cellEnded, how);

/** Milliseconds that work which listens for ■ has to save and end by itself; a second ■ does not wait. */
const patience = 20_000;

/**
 * The part of tslab that is changed here.
 *
 * @typedef {object} Tslab
 * @property {{ JupyterHandlerImpl: { prototype: any } }} jupyter Its module that speaks to Jupyter.
 * @property {{ createExecutor: (...parameters: any[]) => any }} executor Its module that runs cells.
 */

/**
 * Lets each cell's outputs stand below it, whenever they come: tslab sends all to the cell that runs, so that work which was
 * interrupted, or not waited for, would go on drawing below another. And puts what is printed into a reader's words.
 *
 * @param {Tslab["jupyter"]} jupyter
 */
function keepOutputsApart({ JupyterHandlerImpl: { prototype } }) {
  const cells = new AsyncLocalStorage();
  const execute = prototype.handleExecuteImpl;
  /** @type {any} */
  let latest;
  prototype.handleExecuteImpl = async function (
    /** @type {object} */ request,
    /** @type {(name: string, text: string) => void} */ writeStream,
    /** @type {(data: object, update: boolean) => void} */ writeDisplayData,
  ) {
    // A function, which is one word where Node prints what a promise carries.
    const outputs = () => ({ writeStream, writeDisplayData });
    latest = outputs;
    // What comes from outside of all cells, a signal above all, stands below the latest.
    const cell = () => (cells.getStore() ?? latest)();
    const write = (/** @type {string} */ name, /** @type {string} */ text) => {
      if (name === "stderr" && isInterruption(text)) tell("interrupted");
      cell().writeStream(name, readerText(name, text));
    };
    const show = (/** @type {object} */ data, /** @type {boolean} */ update) => cell().writeDisplayData(data, update);
    try {
      return await cells.run(outputs, () => execute.call(this, request, write, show));
    } catch (error) {
      tell("failed");
      throw error;
    }
  };
}

/**
 * Lets work that listens for ■ end by itself, which saves: its cell ends once that is done, and running it again finds nobody at
 * work. tslab reports a cell as stopped at once, while what it waits for goes on.
 *
 * @param {Tslab["executor"]} module
 */
function letWorkEnd(module) {
  const create = module.createExecutor;
  module.createExecutor = (...parameters) => {
    const executor = create(...parameters);
    const { execute, interrupt } = executor;
    /** @type {NodeJS.Timeout | undefined} */
    let waiting;
    let running = false;
    executor.execute = async (/** @type {string} */ source) => {
      running = true;
      try {
        return await execute(source);
      } finally {
        running = false;
        clearTimeout(waiting);
        waiting = undefined;
      }
    };
    executor.interrupt = () => {
      tell("interrupted");
      // Beside the kernel's own listener there is one of the work.
      const listens = process.listenerCount("SIGINT") > 1;
      if (!running || !listens || waiting !== undefined) interrupt();
      else waiting = setTimeout(interrupt, patience);
    };
    return executor;
  };
}

module.exports = { keepOutputsApart, letWorkEnd };
