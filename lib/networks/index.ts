/**
 * Networks in TensorFlow.js: graphs as its stock layers and operations, what their weights start with, saved models.
 *
 * @module
 */
export { loadOwnModel } from "./model/own-model";
export { loadModel, saveModel } from "./model/saving";
export { toModel } from "./model/to-model";
export { createWeights } from "./weights/weight-bank";
export { copyWeights, weightsOfModel } from "./weights/model-weights";

export { runNetwork } from "./run/run-network";

export { showSharedWeights } from "./supernet/show-shared-weights";
