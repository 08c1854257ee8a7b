/**
 * Networks as plain data, without TensorFlow: layers and how they are wired, the hand-crafted ones, what they cost, and their
 * drawings.
 *
 * @module
 */
export { startGraph } from "./builder";
export type { GraphBuilder, InputSize, Value } from "./builder";
export { costOf, costsOfLayers, sumCosts } from "./cost";
export type { Cost, CostOptions, LayerCost } from "./cost";
export { describeContents, describeLayer } from "./describe-layer";
export { drawNetwork } from "./draw/network";
export type { DrawNetworkOptions } from "./draw/network";
export type { Drawing } from "./draw/picture";
export { showDrawing } from "./draw/show";
export { nodeOf, withoutAuxiliary } from "./graph";
export type { Graph, GraphNode } from "./graph";
export { groupNodes } from "./groups";
export type { Group } from "./groups";
export { buildAlexNet } from "./hand-crafted/alexnet";
export { buildCnn3 } from "./hand-crafted/cnn3";
export { buildConvNeXt } from "./hand-crafted/convnext";
export { buildDenseNet } from "./hand-crafted/densenet";
export { buildEfficientNet } from "./hand-crafted/efficientnet";
export { buildGoogLeNet } from "./hand-crafted/googlenet";
export { buildMobileNetV2 } from "./hand-crafted/mobilenet";
export type { HandCraftedNetwork, HandCraftedOptions } from "./hand-crafted/network";
export { buildPlainCnn } from "./hand-crafted/plain-cnn";
export { buildHandCrafted, handCraftedNetworks } from "./hand-crafted/registry";
export { buildResNet } from "./hand-crafted/resnet";
export type { ResNetDepth } from "./hand-crafted/resnet";
export { buildSqueezeNet } from "./hand-crafted/squeezenet";
export { buildVgg } from "./hand-crafted/vgg";
export type { VggDepth } from "./hand-crafted/vgg";
export { activationFunctions, layers } from "./layer";
export type { ActivationFunction, Layer, Padding, Shape, Window } from "./layer";
export { namedWeightsOf } from "./named-weights";
export type { NamedWeight } from "./named-weights";
export { outputShapeOf } from "./shapes";
export { showSummary, summariseGraph } from "./summary";
export type { SummaryOptions } from "./summary";
export { weightsOf } from "./weights";
export type { InitialValue, WeightSpecification } from "./weights";
