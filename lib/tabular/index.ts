/**
 * A tabular benchmark for architecture search: networks that a protocol names, each trained from scratch on inner folds, kept
 * as a table from which any strategy can be replayed within seconds.
 *
 * @module
 */
export { readBenchmark } from "./benchmark";
export { labelsOf } from "./labels";
export { raceStrategies, showRace } from "./race-strategies";
export { showBenchmark } from "./show-benchmark";
export { readLogits } from "./table-file";
