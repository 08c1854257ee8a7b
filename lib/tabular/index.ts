/**
 * A tabular benchmark for architecture search: networks that a protocol names, each trained from scratch on inner folds, kept
 * as a table from which any strategy can be replayed within seconds.
 *
 * @module
 */
export { readBenchmark } from "./benchmark";
export { drawDistributions } from "./figures/draw-distributions";
export { drawReplays } from "./figures/draw-replays";
export { judgeFidelity, judgeSpaces } from "./outcomes";
export { judgeNested } from "./judge-nested";
export { judgeSharing, judgeTrainingFree } from "./judge-scores";
export { decideDefault } from "./decide-default";
export { labelsOf } from "./labels";
export { poolOfFolds } from "./pool-of-folds";
export { compareReplays, replay } from "./replay";
export { tableOfSteps } from "./steps-table";
