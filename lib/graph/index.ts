/**
 * Networks as plain data, without TensorFlow: layers and how they are wired, the hand-crafted ones, what they cost, and their
 * drawings.
 *
 * @module
 */
export { startGraph } from "./builder";
export { costOf } from "./cost";
export { drawNetwork } from "./draw/network";
export { showDrawing } from "./draw/show";
export { writeDrawing } from "./draw/write";
export type { Graph } from "./graph";
export { buildHandCrafted, handCraftedNetworks } from "./hand-crafted/registry";
export { layers } from "./layer";
export { showSummary } from "./summary";
