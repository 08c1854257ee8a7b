/**
 * Runs that can be stopped at any moment and carried on: a folder each, with configuration, checkpoints and metrics.
 *
 * @module
 */
export { Interrupted } from "./exit-codes";
export { readRun } from "./read-run";
