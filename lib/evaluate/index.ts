/**
 * The one door to the test part: predictions of each image, and every number that follows from them, in tables and figures,
 * with how sure it is; and the simple baselines that any network has to beat.
 *
 * @module
 */
export { evaluatePredictions } from "./evaluation";
export { foldRows } from "./fold-rows";
export { groupUseTables, measureGroupUse } from "./group-use";
export { outlineShapeBaseline, outlineShapes } from "./baselines/outline-shape";
export { evaluationTable, operatingPointTable, spreadTable, writeEvaluations } from "./evaluation-table";
export { readPredictions, writePredictions } from "./prediction-file";
export { evaluateSubgroups, subgroupTable } from "./subgroups";

export { drawCalibration } from "./figures/draw-calibration";
export { drawConfusion } from "./figures/draw-confusion";
export { drawDecisionCurve } from "./figures/draw-decision-curve";
export { drawPrecisionRecall } from "./figures/draw-precision-recall";
export { drawRoc } from "./figures/draw-roc";
export { drawSpread } from "./figures/draw-spread";
