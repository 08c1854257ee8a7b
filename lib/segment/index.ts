/**
 * Segmentation: a network that learns the outlines of lesions, and finds lesion and box in pictures that nobody has drawn on; what is
 * found, measured against the expert's masks, or put in their place.
 *
 * @module
 */
export { crossFit } from "./cross-fit";
export { evaluateOutlines, outlineTable } from "./evaluate-outlines";
export { findOutlines } from "./find-outlines";
export { readOutlines, withFoundOutlines } from "./outlines-folder";
export { prepareMasks } from "./prepare-masks";
export { showOutlines } from "./show-outlines";
export { loadSegmentation, trainSegmentation } from "./train-segmentation";
