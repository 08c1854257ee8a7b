/**
 * Cross-validation as one run and one table: models, folds and seeds as units that can be stopped at any moment, run anywhere, and
 * carried on.
 *
 * @module
 */
export { checkPlan, networkOf, trainingOf } from "./plan";
export type { GivenPlan, ImageChoice, StudyModel, ValidationPlan } from "./plan";
export { loadUnit } from "./load-unit";
export { makePlanFolder, readPlanFolder } from "./plan-folder";
export type { PlanFolder, SettledPlan } from "./plan-folder";
export { predictTrained } from "./predict-trained";
export { predictionRows } from "./prediction-rows";
export { readHistory } from "./read-history";
export { readValidation } from "./read-validation";
export type { CostOfUnit, ValidatedModel, Validation } from "./read-validation";
export { runPlan } from "./run-plan";
export type { PlanReport, RunPlanOptions, UnitFailure } from "./run-plan";
export { runUnit } from "./run-unit";
export type { UnitCost } from "./unit-cost";
export { readUnitState } from "./unit-state";
export type { UnitResult, UnitState } from "./unit-state";
export { reportUnits, tableOfUnits } from "./unit-table";
export type { UnitReport } from "./unit-table";
export { describeUnit, listUnits, unitOf } from "./units";
export type { Unit } from "./units";
export { watchPlan } from "./watch-plan";
export type { PlanWatch } from "./watch-plan";
