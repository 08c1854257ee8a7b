/**
 * Models side by side, on the same images: paired tests, ranks, subgroups and costs; the table of all of them, its figures,
 * and what the numbers say of the paper's claim. The trivial baselines are the evaluate room's.
 *
 * @module
 */
export type { ResampledUnit } from "./align";
export { compareAll, familyTable, formatDifference, formatProbability, significance } from "./compare-all";
export type { BestModels, CompareAllOptions, CorrectedValues, FamilyComparison, FamilyMember } from "./compare-all";
export { comparePredictions } from "./compare-predictions";
export type { CompareOptions, Comparison, MeasuredDifference } from "./compare-predictions";
export { compareSubgroups, subgroupComparisonTable } from "./compare-subgroups";
export type {
  CompareSubgroupOptions,
  ModelInSubgroup,
  SubgroupCompared,
  SubgroupComparison,
} from "./compare-subgroups";
export { comparisonColumns, readComparison, writeComparison } from "./comparison-file";
export { comparisonRows, modelKinds } from "./comparison-rows";
export type { ComparedModel, ComparisonRow } from "./comparison-rows";
export { comparisonTable, describeMarks } from "./comparison-table";
export type { ComparisonTableOptions } from "./comparison-table";
export type { FoldDifference, FoldSizes, FoldTest } from "./fold-test";
export { groupByBirads, groupByDevice, groupByLesionSize } from "./image-groups";
export type { GroupOfImage, SizedImages } from "./image-groups";
export { judgeClaim } from "./judge-claim";
export type { ClaimPoint, JudgeOptions } from "./judge-claim";
export { measureCost } from "./measure-cost";
export type { Latency, MeasureCostOptions, NetworkCost } from "./measure-cost";
export type { ComparedMeasure } from "./measure-rows";
export type { DecisionTest } from "./paired-tests";
export { rankingTable, rankModels } from "./rank-models";
export type { RankedModel, Ranking, RankOptions } from "./rank-models";

export { drawCostPlane } from "./figures/draw-cost-plane";
export type { CostPlaneOptions } from "./figures/draw-cost-plane";
export { drawDifferences } from "./figures/draw-differences";
export { drawRanks } from "./figures/draw-ranks";
