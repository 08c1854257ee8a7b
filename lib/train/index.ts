/**
 * Training of a network: schedules, optimisers, one loop for found and hand-crafted networks.
 *
 * @module
 */
export { rankOf } from "./history";
export type { EpochRecord } from "./history";
export { Learner } from "./learner";
export type { TrainingImages } from "./learner";
export type { StepResult } from "./learning-step";
export { drawBeta, mixUp } from "./mixup";
export type { Mixed } from "./mixup";
export { checkOptimiser, createOptimiser } from "./optimiser";
export type { GivenOptimiser, Optimiser, OptimiserSettings } from "./optimiser";
export { differencesOf, predictLogits, probabilitiesOf, scoreLogits } from "./predict";
export type { Logits, PredictOptions, Score } from "./predict";
export { recipes } from "./recipes";
export type { Recipe } from "./recipes";
export { checkSchedule, rateAt } from "./schedule";
export type { GivenSchedule, Length, Schedule } from "./schedule";
export { buildSpecified, sizeOf } from "./specification";
export type { FoundNetwork, HandCrafted, NetworkSpecification } from "./specification";
export { arraysOf, setWeights, tensorOf, weightArrays } from "./stored-weights";
export { classWeightsOf, targetsOf } from "./targets";
export type { ClassWeighting } from "./targets";
export { loadTrained, trainInRun } from "./train-in-run";
export type { TrainingTask } from "./train-in-run";
export { trainNetwork } from "./train-network";
export type { Trained, TrainingContext } from "./train-network";
export { checkTraining, trainingDefaults } from "./training-options";
export type { CheckedTraining, Criterion, TrainingOptions } from "./training-options";
export { drawTraining, formatEpoch, watchTraining } from "./watch-training";
export type { TrainingWatch } from "./watch-training";
export { createWeightAverage, withWeights } from "./weight-average";
export type { WeightAverage } from "./weight-average";
