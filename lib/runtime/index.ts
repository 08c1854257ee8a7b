/**
 * What everything stands on: TensorFlow, random numbers, the machine, errors that say what to do.
 *
 * @module
 */
export { dataRoot, describeMachine, packageVersion, resultsRoot } from "./environment";
export { Problem } from "./problem";
export { createRandom } from "./random";
export type { RandomGenerator } from "./random";
export { describeRuntime } from "./tensorflow";
