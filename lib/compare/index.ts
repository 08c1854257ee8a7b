/**
 * Models side by side, on the same images: paired tests, ranks, subgroups and costs; the table of all of them, its figures,
 * and what the numbers say of the paper's claim. The trivial baselines are the evaluate room's.
 *
 * @module
 */
export { compareAll, familyTable } from "./compare-all";
export { comparePredictions } from "./compare-predictions";
export { comparisonRows } from "./comparison-rows";
export { comparisonTable, describeMarks } from "./comparison-table";
export { judgeClaim } from "./judge-claim";
export { measureLatency } from "./measure-latency";
export { rankModels } from "./rank-models";
export { readerRows } from "./reader-row";
export { showTimesOfWinners } from "./times-of-winners";

export { drawCostPlane } from "./figures/draw-cost-plane";
export { drawDifferences } from "./figures/draw-differences";
export { drawRanks } from "./figures/draw-ranks";
