/**
 * Segmentation: a network that learns the outlines of lesions, and finds lesion and box in pictures that nobody has drawn on.
 *
 * @module
 */
export { findOutlines } from "./find-outlines";
export { prepareMasks } from "./prepare-masks";
export { checkSegmentation } from "./segmentation-options";
export { loadSegmentation, trainSegmentation } from "./train-segmentation";
