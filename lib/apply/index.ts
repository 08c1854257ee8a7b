/**
 * A released model applied to a folder of images: a table and heat maps. For research only.
 *
 * @module
 */
export { applyRelease } from "./apply-release";
export { writeExampleImages } from "./example-images";
export { showAppliedMaps } from "./show-applied-maps";
export { tellApplied } from "./tell-applied";
