/**
 * Networks in TensorFlow.js: graphs as its stock layers and operations, what their weights start with, saved models.
 *
 * @module
 */
export { fastLayers, useLayers } from "./layers/choose-layers";
export { dropoutMask } from "./model/dropout-mask";
export type { DropoutMask } from "./model/dropout-mask";
export { layerNameOf } from "./model/layer-name";
export { loadOwnModel } from "./model/own-model";
export type { OwnModel, OwnModelOptions } from "./model/own-model";
export { loadModel, saveModel } from "./model/saving";
export type { LoadedModel } from "./model/saving";
export { stockForward } from "./model/stock-forward";
export type { BatchStatistics, StockForwardOptions, StockForwardResult, WeightSource } from "./model/stock-forward";
export { toModel } from "./model/to-model";
export type { ToModelOptions } from "./model/to-model";
export { initialValue, weightKeyOf } from "./weights/initial-values";
export { bankOf, createWeights } from "./weights/weight-bank";
export type { WeightBank } from "./weights/weight-bank";
export { copyWeights, weightsOfModel } from "./weights/model-weights";

export { planNetwork } from "./run/plan";
export type { Plan } from "./run/plan";
export { runNetwork } from "./run/run-network";
export type { NetworkRun } from "./run/run-network";
export type { RunSettings } from "./run/run-state";

export { crossEntropy } from "./train/cross-entropy";
export { disposeLoss, lossAndGradients } from "./train/loss-and-gradients";
export type { LossAndGradients, LossOptions } from "./train/loss-and-gradients";
export { createMomentumOptimiser } from "./train/momentum-optimiser";
export type { MomentumOptimiser } from "./train/momentum-optimiser";
export { updateMovingAverages } from "./train/moving-averages";

export { createSupernet } from "./supernet/supernet";
export type { Supernet } from "./supernet/supernet";
