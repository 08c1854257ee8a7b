/**
 * The benchmark: how long a step of this library takes, beside TensorFlow.js's own operations and PyTorch.
 *
 * @module
 */
export { caseNames, contenderNames, imageSizes } from "./cases";
export type { CaseName, ContenderName, ImageSize } from "./cases";
export { drawBenchmark } from "./figure";
export { reportCase, tableOfReport } from "./report";
export type { BenchmarkReport, CaseReport, Result } from "./report";
