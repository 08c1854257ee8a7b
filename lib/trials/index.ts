/**
 * Searches whose candidates are trained alone, each with weights of its own: strategies, what they may cost, and supernets that
 * help them.
 *
 * @module
 */
export { drawFront } from "./figures/draw-front";
export { levelsOf } from "./levels";
export { poolStrategies } from "./strategies/table";
export type { PoolStrategy } from "./strategies/pool-strategy";
