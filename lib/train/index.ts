/**
 * Training of a network: schedules, optimisers, one loop for found and hand-crafted networks.
 *
 * @module
 */
export { recipes } from "./recipes";
export { buildSpecified, sizeOf } from "./specification";
export type { NetworkSpecification } from "./specification";
export { trainNetwork } from "./train-network";
export type { TrainingOptions } from "./training-options";
export { drawTraining } from "./watch-training";
