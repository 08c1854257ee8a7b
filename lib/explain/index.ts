/**
 * What a network looks at, and where it errs.
 *
 * @module
 */
export { attentionInside } from "./attention-inside";
export type { AttentionInside } from "./attention-inside";
export { findFeatureNode } from "./feature-node";
export { gradCam } from "./grad-cam";
export type { GradCam, GradCamOptions } from "./grad-cam";
export { encodeHeatMap } from "./heat-map-image";
export type { HeatMapImage } from "./heat-map-image";
export { mapOf, scaleHeatMaps } from "./heat-maps";
export type { HeatMaps, ScaledHeatMaps } from "./heat-maps";
export { lesionMasks, maskOfShares } from "./lesion-masks";
export { occlusionMap } from "./occlusion-map";
export type { OcclusionMaps, OcclusionOptions, PlainImages, PredictProbability } from "./occlusion-map";
export { showHeatMaps } from "./show-heat-maps";
export type { ShowHeatMapsOptions } from "./show-heat-maps";
export { showWorst } from "./show-worst";
export type { ShowWorstOptions } from "./show-worst";
export { worstPredictions } from "./worst-predictions";
export type { LabelledPrediction, WorstPrediction } from "./worst-predictions";
