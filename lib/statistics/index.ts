/**
 * Statistics: numbers in, numbers out. What describes a list, how well scores tell two classes apart and how sure that is, how
 * two models compare, and the simple model that any network has to beat.
 *
 * @module
 */
export { areaUnderCurve } from "./area-under-curve";
export { bootstrapByGroup } from "./bootstrap-by-group";
export { compareDelong } from "./delong";
export { mcnemarExact } from "./mcnemar-exact";
export { rankCorrelation } from "./rank-correlation";
export { wilsonInterval } from "./summary";
