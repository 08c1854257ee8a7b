/**
 * What everything stands on: TensorFlow, random numbers, the machine, errors that say what to do.
 *
 * @module
 */
export {
  dataRoot,
  describeMachine,
  notebooksRoot,
  packageVersion,
  projectRoot,
  readVariable,
  resultsRoot,
  systemClock,
} from "./environment";
export type { Clock, Machine, Variable } from "./environment";
export { withDefaults } from "./options";
export { Problem } from "./problem";
export { createRandom, restoreRandom } from "./random";
export type { RandomGenerator, RandomState } from "./random";
export { describeRuntime } from "./tensorflow";
export type { Runtime } from "./tensorflow";
