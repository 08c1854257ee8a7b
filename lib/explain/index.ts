/**
 * What a network looks at, and where it errs.
 *
 * @module
 */
export { gradCam } from "./grad-cam";
export { scaleHeatMaps } from "./heat-maps";
export { lesionMasks } from "./lesion-masks";
export { showHeatMaps } from "./show-heat-maps";
export { showWorst } from "./show-worst";
