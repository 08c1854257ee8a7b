/**
 * Fast kernels: our own in C++, in `native`, and TensorFlow's fused ones where ours are not. None is recorded for `tf.grad`:
 * each forward pass has its backward pass beside it.
 *
 * @module
 */
export type { Base } from "./accumulate";
export { batchNorm, batchNormForReader, batchNormGradients } from "./batch-norm";
export type { BatchNormGradients, BatchNormResult } from "./batch-norm";
export { describeKernels, ownKernels, useKernels } from "./choose-kernels";
export type { KernelChoice } from "./choose-kernels";
export { convolution, convolutionGradients } from "./convolution";
export { convolutionNorm, convolutionNormGradients } from "./convolution-norm";
export type { ConvolutionNormGradients } from "./convolution-norm";
export { softmaxCrossEntropy } from "./cross-entropy";
export type { LossAndGradient } from "./cross-entropy";
export { dense, denseGradients } from "./dense";
export type { DenseGradients } from "./dense";
export { depthwise, depthwiseGradients } from "./depthwise";
export { globalAverage, globalAverageGradients } from "./global-average";
export { releaseKeptMemory } from "./kept-memory";
export { moveAverages } from "./moving-averages";
export { normaliseByTensorflow, plain, readableOf, scaleAndShift } from "./normalised";
export type { Norm, Normalised, Readable } from "./normalised";
export { adamStep, momentumStep } from "./optimisers";
export type { AdamOptions, MomentumOptions } from "./optimisers";
export { pointwise, pointwiseGradients } from "./pointwise";
export type { PointwiseGradients, PointwiseInput, PointwiseOptions, PointwiseSums } from "./pointwise";
export { averagePool, averagePoolGradients, averagePoolOnto, maxPool, maxPoolGradients, maxPoolOnto } from "./pools";
export type { MaxPoolResult, MaxPoolSum } from "./pools";
export { reluGradients } from "./relu";
export { separable, separableGradients, separableWithoutNorm } from "./separable";
export type { GradientSums, SeparableGradients, SeparableWeights } from "./separable";
export { sum } from "./sum";
