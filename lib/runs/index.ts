/**
 * Runs that can be stopped at any moment and carried on: a folder each, with configuration, checkpoints and metrics.
 *
 * @module
 */
export { decodeState, encodeState } from "./checkpoint";
export { DamagedFile } from "./damaged-file";
export { exitCodeOf, exitCodes, Interrupted, WrongConfiguration } from "./exit-codes";
export type { Metric } from "./metric-lines";
export type { Outcome } from "./outcome";
export { openRun } from "./open-run";
export type { RunOptions } from "./open-run";
export { readRun } from "./read-run";
export type { ReadingOptions, SavedRun } from "./read-run";
export type { Run } from "./run";
export type { RunIdentity, RunRecord, RunVersions } from "./run-record";
export type { Json, SavedState, StoredArray } from "./state";
export { hearSignals, listenForStop } from "./stop";
export type { StopListener } from "./stop";
